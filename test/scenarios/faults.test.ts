/** Errors in the middle of a load that a later moment heals: tried again, and nothing is there twice or lost. */
import { expect, test } from 'vitest';
import { type Move, succeeded, useSampleMoves } from './sample-move.ts';
import { until } from './towpath-process.ts';

const moves = useSampleMoves();

async function retried(move: Move): Promise<number> {
  return move
    .log()
    .split('\n')
    .filter((line) => line.includes('"batch.retry"')).length;
}

test.for([
  ['batch.begun:7=error:40001', 1],
  ['batch.rows-copied:9=error:57P01', 1],
  ['batch.before-commit:4=error:08006', 1],
  // the answer to the commit is lost, the commit is not
  ['batch.after-commit=error:08006', 1],
  ['batch.after-commit:40=error:08006', 1],
  ['batch.begun:5=error:40P01,batch.before-commit:9=error:53200,batch.after-commit:20=error:ECONNRESET', 3],
] as const)('%s', async ([failpoint, retries]) => {
  const move = await moves.open();
  succeeded(await move.migrate(failpoint, '--no-validate'));
  expect(await retried(move)).toBe(retries);
  expect(await move.content()).toEqual(moves.whole);
});

test('every connection of the run is ended by an administrator: it goes on, or is resumed', async () => {
  const move = await moves.open();
  const run = move.migrate('batch.before-commit:20=pause:1500', '--no-validate');
  await until('the pause', async () => {
    const [row] = await move.target.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where application_name = 'towpath/batch' and datname = current_database()`,
    );
    return row!.n > 0 && (await batches(move)) >= 15;
  });
  await move.target.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name like 'towpath/%' and datname = current_database()`,
  );
  const ended = await run;
  if (ended.code !== 0) {
    expect(ended.stderr).toMatch(/^Error: [^\n]+\nNext: [^\n]*towpath resume/m);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    succeeded(await move.resume(undefined, '--no-validate'));
  }
  expect(await move.content()).toEqual(moves.whole);
});

test('an error that no retry heals marks its entity and the run; resume completes both', async () => {
  const move = await moves.open();
  const ended = await move.migrate('batch.rows-copied:12=error:XX000', '--no-validate');
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/^Error: [^\n]+\nNext: [^\n]*towpath resume/m);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
  const failed = await move.target.query<{ error: Record<string, unknown> }>(
    `select error from towpath.entity_migration_status where state = 'failed'`,
  );
  expect(failed).toHaveLength(1);
  expect(failed[0]!.error).toMatchObject({ code: 'UNEXPECTED', message: expect.stringContaining('XX000') });
  expect(failed[0]!.error.hint).toBeTruthy();
  expect(await move.state()).toBe('failed');
  succeeded(await move.resume(undefined, '--no-validate'));
  expect(await move.content()).toEqual(moves.whole);
});

async function batches(move: Move): Promise<number> {
  const [row] = await move.target.query<{ n: number }>(
    `select count(*)::int as n from towpath.batch_processing_status where state = 'completed'`,
  );
  return row!.n;
}
