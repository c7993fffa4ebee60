/** People and other processes step in: Ctrl-C, pause, cancel, a second run, the same run again. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killed, type Move, succeeded, useSampleMoves } from './sample-move.ts';
import type { Ended } from './towpath-process.ts';
import { until } from './towpath-process.ts';

const moves = useSampleMoves();
const HELD = 'batch.before-commit:15=pause:3000';

/** Starts a run and waits until it holds in the middle of a batch. */
async function holding(
  move: Move,
  held = HELD,
): Promise<{ child: Awaited<ReturnType<Move['start']>>; runId: string }> {
  const child = await move.startMigrate(held, '--no-validate');
  await until('a run in the middle', async () => (await completed(move)) >= 12);
  return { child, runId: await move.runId() };
}

async function completed(move: Move): Promise<number> {
  const [row] = await move.target.query<{ n: number }>(
    `select count(*)::int as n from towpath.batch_processing_status where state = 'completed'`,
  );
  return row!.n;
}

function oneSentence(ended: Ended): void {
  expect(ended.stderr).toMatch(/Error: [^\n]+\nNext: [^\n]+\nMore: [^\n]+\n$/);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
}

test('Ctrl-C pauses, prints the command that continues, and ends with 130', async () => {
  const move = await moves.open();
  const { child, runId } = await holding(move);
  child.process.kill('SIGINT');
  const ended = await child.ended;
  expect(ended.code).toBe(130);
  expect(ended.stderr).toContain(`towpath resume ${runId}`);
  expect(await move.state()).toBe('paused');
  const file = join(move.folder, 'checkpoints', `${runId}.json`);
  expect(existsSync(file)).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ runId, state: 'paused' });
  succeeded(await move.resume(undefined, '--no-validate'));
  expect(await move.content()).toEqual(moves.whole);
});

test('a second Ctrl-C ends it at once, and it can be resumed all the same', async () => {
  const move = await moves.open();
  const { child, runId } = await holding(move);
  child.process.kill('SIGINT');
  await until('the first word', () => child.said().includes('Ctrl-C again'));
  child.process.kill('SIGINT');
  const ended = await child.ended;
  expect(ended.code).toBe(130);
  expect(ended.stderr).toContain(`towpath resume ${runId}`);
  succeeded(await move.resume(undefined, '--no-validate'));
  expect(await move.content()).toEqual(moves.whole);
});

test('pause from another process', async () => {
  const move = await moves.open();
  const { child, runId } = await holding(move);
  succeeded(await move.run(`pause ${runId}`));
  expect((await child.ended).code).toBe(130);
  expect(await move.state()).toBe('paused');
  const again = await move.run(`pause ${runId}`);
  expect(again.code).toBe(2);
  oneSentence(again);
  succeeded(await move.resume(undefined, '--no-validate'));
  expect(await move.content()).toEqual(moves.whole);
});

test('cancel from another process; a cancelled run is not resumed, and can be rolled back', async () => {
  const move = await moves.open();
  const { child, runId } = await holding(move);
  succeeded(await move.run(`cancel ${runId}`));
  expect((await child.ended).code).toBe(1);
  expect(await move.state()).toBe('cancelled');
  const resumed = await move.resume();
  expect(resumed.code).toBe(2);
  oneSentence(resumed);
  succeeded(await move.run(`rollback ${runId} --confirm`));
  expect(await move.state()).toBe('rolled-back');
});

test('cancel of a run whose process died', async () => {
  const move = await moves.open();
  killed(await move.migrate('batch.begun:9=kill', '--no-validate'));
  succeeded(await move.run(`cancel ${await move.runId()}`));
  expect(await move.state()).toBe('cancelled');
});

test('a second run on the same target is refused, and changes nothing', async () => {
  const move = await moves.open();
  // four commands one after the other, on a machine that may have other work to do
  const { child, runId } = await holding(move, 'batch.before-commit:15=pause:15000');
  const runs = await move.target.query('select run_id, state from towpath.migration_control order by 1');
  for (const words of ['migrate all --yes', `resume ${runId}`, 'rehearse', `rollback ${runId} --confirm`]) {
    const other = await move.run(`${words} --json`);
    expect(JSON.parse(other.stdout).error.code).toBe('RUN_IN_PROGRESS');
    expect(other.code).toBe(1);
    oneSentence(other);
    expect(other.stderr).toContain(runId);
  }
  expect(await move.target.query('select run_id, state from towpath.migration_control order by 1')).toEqual(
    runs,
  );
  succeeded(await child.ended);
  expect(await move.content()).toEqual(moves.whole);
});

test('a finished migration again moves nothing', async () => {
  const move = await moves.open();
  succeeded(await move.migrate(undefined, '--no-validate'));
  const first = await move.runId();
  const again = succeeded(await move.migrate());
  const outcomes = JSON.parse(again.stdout).entities.map((entity: { outcome: string }) => entity.outcome);
  expect(new Set(outcomes)).toEqual(new Set(['ALREADY_MIGRATED']));
  const resumed = await move.run(`resume ${first}`);
  expect(resumed.code).toBe(2);
  oneSentence(resumed);
  const { tables, pairs, objects } = await move.content();
  expect({ tables, pairs, objects }).toEqual({
    tables: moves.whole.tables,
    pairs: moves.whole.pairs,
    objects: moves.whole.objects,
  });
});
