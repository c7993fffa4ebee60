/** Batches repeated on purpose, values that repeat a unique key, ranges halved around bad rows, summaries. */
import { expect, test } from 'vitest';
import { killed, type Move, succeeded, useSampleMoves } from './sample-move.ts';

const moves = useSampleMoves();

async function batchAt(move: Move, share: number): Promise<number> {
  const [row] = await move.target.query<{ id: number }>(
    `select batch_id as id from towpath.batch_processing_status order by batch_id
     offset (select (count(*) * $1::float8)::int from towpath.batch_processing_status) limit 1`,
    [share],
  );
  return row!.id;
}

test.for([0, 0.3, 0.9])('batches from %f of the run on are repeated', async (share) => {
  const move = await moves.open();
  killed(await move.migrate('run.loaded=kill', '--no-validate'));
  const from = await batchAt(move, share);
  succeeded(await move.resume(undefined, `--restart-from-batch ${from} --no-validate`));
  expect(await move.content()).toEqual(moves.whole);
});

test('killed while batches are taken out, a plain resume brings them back', async () => {
  const move = await moves.open();
  killed(await move.migrate('run.loaded=kill', '--no-validate'));
  const from = await batchAt(move, 0.1);
  killed(await move.resume('restart.batch:40=kill', `--restart-from-batch ${from}`));
  succeeded(await move.resume(undefined, '--no-validate'));
  expect(await move.content()).toEqual(moves.whole);
});

test('a batch that does not exist changes nothing', async () => {
  const move = await moves.open();
  killed(await move.migrate('level.passed:2=kill', '--no-validate'));
  const refused = await move.resume(undefined, '--restart-from-batch 99999999');
  expect(refused.code).toBe(2);
  expect(JSON.parse(refused.stdout).error.code).toBe('UNKNOWN_BATCH');
  succeeded(await move.resume(undefined, '--no-validate'));
  expect(await move.content()).toEqual(moves.whole);
});

test('a summary every so many batches', async () => {
  const move = await moves.open();
  succeeded(await move.migrate(undefined, '--no-validate --checkpoint-frequency 25'));
  const rows = await move.target.query<{ reason: string; completed: number }>(
    `select reason, (summary ->> 'completed')::int as completed from towpath.migration_checkpoints order by checkpoint_id`,
  );
  const [all] = await move.target.query<{ n: number }>(
    'select count(*)::int as n from towpath.batch_processing_status',
  );
  const summaries = rows.filter(({ reason }) => reason === 'batches');
  expect(summaries).toHaveLength(Math.floor(all!.n / 25));
  expect(summaries[0]!.completed).toBeGreaterThanOrEqual(25);
});
