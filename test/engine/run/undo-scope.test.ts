/** What an undo was asked for stays with its run until it is done: in the status, in the audit log, in every next step. */
import { expect, onTestFinished, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import { halfWay, withEntity, without } from './half-way.ts';
import { type Branches, openBranches, SIZES } from './two-branches.ts';

const broken = () => {
  throw Object.assign(new Error('x'), { code: '53100' });
};

/** No new connection to the target, and none of the engine's that is there. */
async function shut({ source, target }: Branches, open = false): Promise<void> {
  await source.query(`alter database "${target.name}" allow_connections ${open}`);
  if (open) return;
  await source.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and application_name like 'towpath%'`,
    [target.name],
  );
}

const parts = [
  [{ entities: ['desks', 'rooms'] }, '--entities desks,rooms --confirm'],
  [{ entities: [], level: 2 }, '--level 2 --confirm'],
  [
    { entities: ['desks'], level: 1, forceChanged: true },
    '--entities desks --level 1 --force-changed --confirm',
  ],
  [{ entities: [], forceChanged: true }, '--force-changed --confirm'],
] as const;

test('broken off, it is told with its options, and goes on with them and nothing else', async () => {
  for (const [asked, options] of parts) {
    const office = await openBranches();
    const { runId } = await office.migrate({ validate: false });
    const undo = { runId, preview: false, by: 'Marta', ...asked };
    office.at('rollback.entity', 1, broken);
    await expect(office.engine.rollback(undo)).rejects.toMatchObject({ code: '53100' });
    const scope = { level: null, forceChanged: false, by: 'Marta', forPlan: null, ...asked };
    expect(await office.engine.status(runId)).toMatchObject({ state: 'rolling-back', undoing: scope });
    await expect(office.resume(runId)).rejects.toMatchObject({
      code: 'RUN_IS_OVER',
      hint: `Finish taking it out first: towpath rollback ${runId} ${options}`,
    });
    const [entered] = await office.target.query<{ undoing: unknown }>(
      `select details -> 'undoing' as undoing from towpath.audit_log where action = 'run.rolling-back'`,
    );
    expect(entered!.undoing).toEqual(scope);

    await office.engine.rollback(undo);
    const done = await office.engine.status(runId);
    expect(done).not.toHaveProperty('undoing');
    expect([options, done.state]).toEqual([
      options,
      options.startsWith('--force') ? 'rolled-back' : 'failed',
    ]);
  }
});

test('whoever starts another move meanwhile is told it as well', async () => {
  const { office, run } = await halfWay();
  office.at('rollback.restored', 1, broken);
  const undo = { runId: run.runId, entities: ['people'], preview: false, forceChanged: true };
  await expect(office.engine.rollback(undo)).rejects.toThrow();
  await expect(office.migrate()).rejects.toMatchObject({
    code: 'RUN_UNFINISHED',
    hint: expect.stringContaining(
      `Continue it: towpath rollback ${run.runId} --entities people --force-changed --confirm, or take out`,
    ),
  });
});

test('where the server is lost meanwhile, the next step has the options, too', async () => {
  const office = await openBranches();
  const { runId } = await office.migrate({ validate: false });
  office.at('rollback.entity', 1, () => shut(office));
  const undo = { runId, entities: ['desks', 'rooms'], preview: false, forceChanged: true };
  await expect(office.engine.rollback(undo)).rejects.toMatchObject({
    hint: expect.stringMatching(
      new RegExp(
        `What was taken out so far is out.*towpath rollback ${runId} --entities desks,rooms --force-changed --confirm$`,
      ),
    ),
  });
  await shut(office, true);
  await office.engine.rollback(undo);
  expect(await office.rows()).toMatchObject({ desks: 0, rooms: 0, people: SIZES.people });
});

test('where it is lost while a run changes over to an edited plan, that goes on', async () => {
  const { office, run, plan } = await halfWay();
  const edited = withEntity(plan, 'people', () => ({ maxFailureRate: 0.5 }));
  office.at('rollback.entity', 1, () => shut(office));
  const changing = office.resume(run.runId, { plan: edited, approveAs: 'Marta' });
  await expect(changing).rejects.toMatchObject({
    hint: expect.stringMatching(
      new RegExp(`taken out so far is out.*towpath resume ${run.runId} --edited-plan$`),
    ),
  });
  await shut(office, true);
  expect(await office.resume(run.runId, { plan: edited })).toMatchObject({ state: 'completed' });
  expect(await office.rows()).toEqual(SIZES);
});

test('an undo takes out what the run went by when nobody else was at work on it any more', async () => {
  const { office, run, plan } = await halfWay();
  const log = createSilentLog();
  const source = createDatabase(office.source.connection, 'source', { log });
  const target = createDatabase(office.target.connection, 'target', { log });
  onTestFinished(async () => void (await Promise.all([source.end(), target.end()])));
  let changeOver: Promise<unknown> | null = null;
  const engine = createEngine({
    ...{ config: { maxRetryAttempts: 0 }, source, log },
    ...{ clock: createClock(), failpoints: createFailpoints(undefined) },
    target: {
      ...target,
      // behind its first look at the run, and before it has the lock
      async session(options) {
        if (options?.purpose === `run ${run.runId}`) {
          changeOver ??= office.resume(run.runId, {
            plan: without(plan, 'people', 'badges'),
            approveAs: 'Marta',
          });
          await changeOver;
        }
        return target.session(options);
      },
    },
  });
  const report = await engine.rollback({ runId: run.runId, entities: [], preview: false });
  expect(changeOver).not.toBeNull();
  expect(report.entities.map(({ entity }) => entity).sort()).toEqual(['desks', 'rooms', 'teams']);
  expect((await engine.status(run.runId)).state).toBe('rolled-back');
});
