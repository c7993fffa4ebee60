/** kill -9 at every named point of a run, then resume: the target is, row for row, what an uninterrupted run leaves. */
import { expect, test } from 'vitest';
import { killed, type Move, succeeded, useSampleMoves } from './sample-move.ts';

const moves = useSampleMoves();

async function sameAsWhole(move: Move): Promise<void> {
  expect(await move.content()).toEqual(moves.whole);
  expect(await move.state()).toBe('completed');
}

test('two uninterrupted moves are equal, and hold what the comparison needs', async () => {
  const move = await moves.open();
  succeeded(await move.migrate());
  await sameAsWhole(move);
  expect(moves.whole.quarantined.length).toBeGreaterThan(10);
  expect(moves.whole.repaired.length).toBeGreaterThan(10);
  expect(moves.whole.objects.some((line) => line.includes('FOREIGN KEY'))).toBe(true);
});

/** Each is one move: killed at the first, resumed and killed at the second, and so on to its end. */
test.for([
  ['run.approval-used', 'batch.begun:20', 'index.built:4', 'run.loaded'],
  ['run.approved', 'batch.rows-copied:31', 'entity.indexed:6', 'run.copied'],
  ['table.created:5', 'batch.before-commit:60', 'foreign-key.added:5'],
  ['batch.before-commit', 'key.indexed', 'batch.after-commit:55'],
  ['key.indexed:30', 'level.settled:2'],
  ['level.passed:3'],
])('killed at %s', async ([first, ...others]) => {
  const move = await moves.open();
  killed(await move.migrate(`${first}=kill`, '--no-validate'));
  for (const failpoint of others) killed(await move.resume(`${failpoint}=kill`, '--no-validate'));
  succeeded(await move.resume(undefined, '--no-validate'));
  await sameAsWhole(move);
});

test.for(['run.validating', 'run.completing'])('killed at %s, it is compared again', async (failpoint) => {
  const move = await moves.open();
  killed(await move.migrate(`${failpoint}=kill`));
  expect(await move.state()).toBe('validating');
  succeeded(await move.resume());
  const [report] = await move.target.query(
    'select status from towpath.migration_validation_reports order by id desc limit 1',
  );
  expect(report).toEqual({ status: 'verified' });
  await sameAsWhole(move);
});

test.for(['run.created', 'run.entered'])(
  'killed at %s, before the yes was used: resume asks for it',
  async (failpoint) => {
    const move = await moves.open();
    killed(await move.migrate(`${failpoint}=kill`, '--no-validate'));
    const refused = await move.resume();
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(/^Error: .*\nNext: .*approve/);
    succeeded(await move.run('approve --as tester --yes'));
    succeeded(await move.resume(undefined, '--no-validate'));
    await sameAsWhole(move);
  },
);

test('a killed run is not begun a second time', async () => {
  const move = await moves.open();
  killed(await move.migrate('batch.after-commit:30=kill', '--no-validate'));
  const again = await move.migrate();
  expect(again.code).toBe(1);
  expect(JSON.parse(again.stdout).error.code).toBe('RUN_UNFINISHED');
  expect(again.stderr).toContain(`towpath resume ${await move.runId()}`);
  succeeded(await move.resume(undefined, '--no-validate'));
  await sameAsWhole(move);
});
