/** The sample moved under faults: what held is told as held, and a recovery that was broken on purpose as broken. */
import { expect, test } from 'vitest';
import { CHAOS_ARTIFACT, chaosReport, faultKinds } from '../../../../engine/contract/chaos.ts';
import { openFirm, type Spoil } from './small-firm.ts';
import { afterResume, spoiled } from './spoils.ts';

test('under faults of every kind nothing is lost and nothing is there twice', async () => {
  const firm = await openFirm();
  await firm.target.query('create schema other; create table other.things as select 1 as n');
  const said: string[] = [];
  const { chaos, status, planHash } = await firm.rehearse({
    faults: 20,
    seed: 4711,
    tell: (words) => said.push(words),
  });
  expect(chaos.violations).toEqual([]);
  expect(status).toBe('passed');
  expect(said[0]).toContain('4711');
  expect(chaos.moves).toEqual({ made: said.length - 2, leftOut: 0 });
  expect(chaos.kinds.map(({ kind }) => kind)).toEqual([...faultKinds]);
  const struck = chaos.kinds.filter(({ faults }) => faults.all > 0);
  expect(struck.length).toBeGreaterThan(7);
  expect(struck.every(({ result }) => result === 'held')).toBe(true);
  expect(struck.reduce((sum, { resumes }) => sum + resumes, 0)).toBeGreaterThan(3);
  expect(chaos.rows.moved).toBeGreaterThan(150);
  expect(chaos.rowsCompared).toBe(chaos.moves.made * (chaos.rows.moved + chaos.rows.setAside));
  expect(chaos.damage.map(({ outcome }) => outcome)).toEqual(['noticed', 'noticed', 'noticed', 'noticed']);
  expect(chaos.outside).toMatchObject({ target: 'unchanged', source: 'unchanged', changes: [] });
  expect(chaos.removed).toBe(true);
  expect(await firm.schemas()).toEqual(['other', 'towpath']);
  const runs = await firm.target.query('select run_id from towpath.migration_control');
  expect(runs).toEqual([]);
  const [stored] = await firm.target.query<{ content: unknown }>(
    'select content from towpath.artifacts where kind = $1 and parent_hash = $2',
    [CHAOS_ARTIFACT, planHash],
  );
  expect(chaosReport.parse(stored!.content)).toEqual(chaos);
});

const spoils: readonly [name: string, Spoil, check: RegExp][] = [
  [
    'a resume that loses a row',
    afterResume('delete from SCRATCH.lines where id = (select min(id::text)::uuid from SCRATCH.lines)'),
    /rows-lost/,
  ],
  [
    'a resume that brings a row twice',
    afterResume(
      `insert into towpath.mapping_pairs (entity_no, legacy_id, new_id, batch_id)
       select entity_no, legacy_id || ' again', new_id, batch_id from towpath.mapping_pairs limit 1`,
    ),
    /pairs/,
  ],
  [
    'a resume that changes a value',
    afterResume(
      'update SCRATCH.customers set name = name || name where id = (select min(id::text)::uuid from SCRATCH.customers)',
    ),
    /rows-changed/,
  ],
  [
    'a resume that takes begun batches for finished ones',
    spoiled((engine, { target }) => ({
      async resume(runId, options) {
        await target.query(
          `update towpath.batch_processing_status set state = 'completed', finished_at = now() where state = 'planned'`,
        );
        return engine.resume(runId, options);
      },
    })),
    /gate-closed|rows-lost|not-verified|does-not-recover/,
  ],
  [
    'a resume that always fails',
    spoiled(() => ({ resume: () => Promise.reject(new Error('no')) })),
    /does-not-recover/,
  ],
  ['a resume that never comes back', spoiled(() => ({ resume: () => new Promise(() => {}) })), /hangs/],
  [
    'a validation that believes everything',
    spoiled((engine) => ({
      validate: async (runId, entities) => ({
        ...(await engine.validate(runId, entities)),
        overallStatus: 'verified',
      }),
    })),
    /damage-not-seen/,
  ],
];

test.for(spoils)('%s is told as broken', async ([, spoil, check]) => {
  const firm = await openFirm();
  const { chaos, status } = await firm.rehearse({ faults: 1, seed: 12 }, spoil);
  expect(status).toBe('failed');
  expect(chaos.violations.map((violation) => violation.check).join(' ')).toMatch(check);
  expect(await firm.schemas()).toEqual(['towpath']);
});

test('a table beside the scratch schemas that changed is named', async () => {
  const firm = await openFirm();
  await firm.target.query('create table public.things as select 1 as n');
  const write = spoiled((engine, { target }) => ({
    async resume(runId, options) {
      await target.query('insert into public.things values (2)');
      return engine.resume(runId, options);
    },
  }));
  const { chaos } = await firm.rehearse({ faults: 1, seed: 12 }, write);
  // the test itself is connected, so it cannot be told who did it
  expect(chaos.outside).toMatchObject({ target: 'unclear', changes: ['target: public.things'] });
});

test('stopped by a person, it leaves nothing', async () => {
  const { engine, plan, schemas } = await openFirm();
  const stop = new AbortController();
  const tell = (words: string) => {
    if (words.startsWith('Move 2')) stop.abort();
  };
  const rehearsed = engine.rehearse(plan, {
    ...{ entities: [], sample: 5, signal: stop.signal },
    chaos: { faults: 12, seed: 8, tell },
  });
  await expect(rehearsed).rejects.toMatchObject({ code: 'REHEARSAL_STOPPED' });
  expect(await schemas()).toEqual(['towpath']);
});
