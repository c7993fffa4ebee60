/** What must leave no trace: rollback, a killed rollback, a killed rehearsal, a dry run. */
import { expect, test } from 'vitest';
import { killed, type Move, succeeded, useSampleMoves } from './sample-move.ts';
import { listTables } from './target-content.ts';

const moves = useSampleMoves();

async function leftovers(move: Move): Promise<unknown> {
  const [row] = await move.target.query(
    `select (select count(*) from towpath.mapping_pairs) as pairs, (select count(*) from towpath.quarantined_rows) as aside,
       (select count(*) from towpath.repaired_rows) as repaired, (select count(*) from towpath.batch_processing_status) as batches`,
  );
  return row;
}

const NOTHING = { pairs: '0', aside: '0', repaired: '0', batches: '0' };

test('rollback: the target is as before', async () => {
  const move = await moves.open();
  const before = await listTables(move.target.query);
  succeeded(await move.migrate(undefined, '--no-validate'));
  const refused = await move.run('rollback');
  expect(refused.code).toBe(4);
  expect(await move.content()).toEqual(moves.whole);
  succeeded(await move.run('rollback --confirm'));
  expect(await listTables(move.target.query)).toEqual(before);
  expect(await leftovers(move)).toEqual(NOTHING);
  succeeded(await move.migrate(undefined, '--no-validate'));
  expect(await move.content()).toEqual(moves.whole);
});

test('killed again and again, rollback goes on where it was', async () => {
  const move = await moves.open();
  const before = await listTables(move.target.query);
  succeeded(await move.migrate(undefined, '--no-validate'));
  const runId = await move.runId();
  for (const failpoint of ['rollback.chunk:2', 'rollback.entity:7', 'rollback.chunk:30']) {
    killed(await move.run(`rollback ${runId} --confirm`, { TOWPATH_FAILPOINT: `${failpoint}=kill` }));
    expect((await move.resume()).code).toBe(2);
  }
  succeeded(await move.run(`rollback ${runId} --confirm`));
  expect(await move.state()).toBe('rolled-back');
  expect(await listTables(move.target.query)).toEqual(before);
  expect(await leftovers(move)).toEqual(NOTHING);
});

test('a run that was killed in the middle can be rolled back', async () => {
  const move = await moves.open();
  const before = await listTables(move.target.query);
  killed(await move.migrate('batch.rows-copied:40=kill', '--no-validate'));
  succeeded(await move.run(`rollback ${await move.runId()} --confirm`));
  expect(await listTables(move.target.query)).toEqual(before);
  expect(await leftovers(move)).toEqual(NOTHING);
});

test('a rehearsal that was killed is removed by the next one, wherever either of them was killed', async () => {
  const move = await moves.open();
  const before = await listTables(move.target.query);
  for (const failpoint of ['batch.before-commit:20', 'level.passed:3', 'run.validating']) {
    killed(await move.run('rehearse --sample 20', { TOWPATH_FAILPOINT: `${failpoint}=kill` }));
    expect(await listTables(move.target.query)).not.toEqual(before);
  }
  const next = succeeded(await move.run('rehearse --sample 20 --json'));
  expect(JSON.parse(next.stdout).removedLeftovers).toHaveLength(1);
  expect(await listTables(move.target.query)).toEqual(before);
  expect(await leftovers(move)).toEqual(NOTHING);
  const runs = await move.target.query('select run_id from towpath.migration_control');
  expect(runs).toEqual([]);
});

test('a dry run writes nothing, on a target that has never seen Towpath', async () => {
  const move = await moves.open();
  const before = await written(move);
  const dry = succeeded(await move.run('migrate all --dry-run --json'));
  expect(JSON.parse(dry.stdout).entities).toHaveLength(45);
  expect(await written(move)).toEqual(before);
});

test('a dry run writes nothing, behind a migration', async () => {
  const move = await moves.open();
  succeeded(await move.migrate(undefined, '--no-validate'));
  const before = await written(move);
  succeeded(await move.run('migrate all --dry-run --json'));
  expect(await written(move)).toEqual(before);
  expect(await move.content()).toEqual(moves.whole);
});

/** Everything the server counts as written to this database's tables, and everything there is. */
async function written(move: Move): Promise<unknown> {
  const objects = await move.target.query(
    'select count(*)::int as n, max(oid)::bigint::text as newest from pg_class where oid >= 16384 and relpersistence <> $1',
    ['t'],
  );
  const rows = await move.target.query(
    `select relid::regclass::text as name, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_all_tables
     where schemaname not like 'pg\\_%' and schemaname <> 'information_schema' order by 1`,
  );
  return { objects, rows };
}
