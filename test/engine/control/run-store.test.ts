import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { RUN_STATES, statesBefore } from '../../../engine/control/run-states.ts';
import { counters, useControl } from './control-database.ts';

const fixture = useControl();
const failure = {
  code: 'X',
  message: 'It broke.',
  hint: 'Mend it.',
  retryable: false,
  severity: 'critical',
  details: {},
} as const;

test('a run goes its way and carries its facts', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  for (const state of [
    'planned',
    'approved',
    'copying',
    'paused',
    'copying',
    'copied',
    'validating',
    'completed',
  ] as const) {
    expect((await runs.move(runId, state)).state).toBe(state);
  }
  const run = await runs.get(runId);
  expect(run).toMatchObject({
    runId,
    migration: 'clinic',
    mode: 'full',
    options: {},
    error: null,
    requestedAction: null,
  });
  expect(run.finishedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('every move that the prose does not name is refused by the database', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  for (const to of RUN_STATES) {
    for (const from of RUN_STATES) {
      await fixture.target.query('update towpath.migration_control set state = $2 where run_id = $1', [
        runId,
        from,
      ]);
      const moved = await runs.move(runId, to).then(
        () => true,
        (error: { code: string }) => {
          expect(error.code).toBe('ILLEGAL_RUN_STATE');
          return false;
        },
      );
      expect([from, to, moved]).toEqual([from, to, statesBefore(to).includes(from)]);
    }
  }
});

test('nothing leads out of rolled-back, and nothing but a rollback out of cancelled', () => {
  const after = (state: (typeof RUN_STATES)[number]) =>
    RUN_STATES.filter((to) => to !== state && statesBefore(to).includes(state));
  expect(after('rolled-back')).toEqual([]);
  expect(after('cancelled')).toEqual(['rolling-back']);
  expect(after('completed')).toEqual(['validating', 'rolling-back']);
});

test('an error stays with a failed run and goes when it is resumed', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  await runs.move(runId, 'approved');
  await runs.move(runId, 'copying');
  expect((await runs.move(runId, 'failed', { error: failure })).error).toEqual(failure);
  expect((await runs.move(runId, 'copying')).error).toBeNull();
});

test('one namespace a migration, whichever runs begin at once, and shown nowhere', async () => {
  const { runs } = fixture.control;
  const ids = await Promise.all(Array.from({ length: 5 }, () => fixture.run('together')));
  const spaces = await Promise.all(ids.map((id) => runs.namespace(id)));
  expect(new Set(spaces.map((space) => Buffer.from(space).toString('hex'))).size).toBe(1);
  expect(spaces[0]).toHaveLength(16);
  const other = await runs.namespace(await fixture.run('another'));
  expect(Buffer.from(other).equals(Buffer.from(spaces[0]!))).toBe(false);
  const shown = inspect(await runs.get(ids[0]!), { depth: 9 });
  expect(shown.replaceAll('-', '')).not.toContain(Buffer.from(spaces[0]!).toString('hex'));
});

test('a request reaches the heartbeat, and resuming clears it', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  await runs.move(runId, 'approved');
  await runs.move(runId, 'copying');
  expect(await runs.heartbeat(runId)).toBeNull();
  await runs.request(runId, 'pause');
  expect(await runs.heartbeat(runId)).toBe('pause');
  await runs.move(runId, 'paused');
  await runs.move(runId, 'copying');
  expect(await runs.heartbeat(runId)).toBeNull();
  expect((await runs.get(runId)).heartbeatAt).not.toBeNull();
});

test('nothing can be asked of a run that is over, or that is not there', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  await runs.move(runId, 'cancelled');
  await expect(runs.request(runId, 'pause')).rejects.toMatchObject({ code: 'RUN_IS_OVER' });
  await expect(runs.request('nobody', 'pause')).rejects.toMatchObject({ code: 'UNKNOWN_RUN' });
  await expect(runs.get('nobody')).rejects.toMatchObject({ code: 'UNKNOWN_RUN' });
  await expect(runs.namespace('nobody')).rejects.toMatchObject({ code: 'UNKNOWN_RUN' });
  expect(await runs.find('nobody')).toBeNull();
});

test('the newest comes first', async () => {
  const { runs } = fixture.control;
  const [first, second] = [await fixture.run('order'), await fixture.run('order')];
  expect((await runs.list('order')).map(({ runId }) => runId)).toEqual([second, first]);
  expect((await runs.latest('order'))?.runId).toBe(second);
  expect(await runs.latest('none of these')).toBeNull();
});

test('options are added to, not replaced', async () => {
  const { runs } = fixture.control;
  const runId = await fixture.run();
  await runs.remember(runId, { batchSize: 500 });
  await runs.remember(runId, { entities: ['patients'] });
  expect((await runs.get(runId)).options).toEqual({ batchSize: 500, entities: ['patients'] });
});

test('the current run is the newest of which something is there, or may come', async () => {
  const { runs, batches } = fixture.control;
  const migration = 'current';
  const add = async (name: string) => (await runs.create({ runId: name, migration, planHash: 'h' })).runId;
  const current = async () => (await runs.current(migration))?.runId ?? null;
  expect(await current()).toBeNull();
  const undone = await add('current-1');
  expect(await current()).toBe(undone);
  for (const state of ['planned', 'approved', 'copying', 'rolling-back', 'rolled-back'] as const)
    await runs.move(undone, state);
  expect(await current()).toBeNull();
  const givenUp = await add('current-2');
  const batchId = await batches.plan({
    runId: givenUp,
    entity: 'patients',
    range: { after: null, upTo: null },
  });
  await fixture.database.transaction((session) => batches.complete(session, batchId, counters));
  await runs.move(givenUp, 'cancelled');
  expect(await current()).toBe(givenUp);
  const refused = await add('current-3');
  await runs.move(refused, 'cancelled');
  expect(await current()).toBe(givenUp);
  expect(await runs.current('nobody-s')).toBeNull();
});
