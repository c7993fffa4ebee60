/** Rows of the sample that were set aside: their cards, what would let them through, and moving them after all, kill -9 or not. */
import { expect, test } from 'vitest';
import type { CauseCard, RetryReport, TryReport } from '../../engine/contract/quarantine.ts';
import { killed, type Move, succeeded, useSampleMoves } from './sample-move.ts';

const moves = useSampleMoves();

async function json<T>(move: Move, words: string): Promise<T> {
  return JSON.parse(succeeded(await move.run(`${words} --json`)).stdout) as T;
}

async function cardOf(move: Move, entity: string, column: string): Promise<CauseCard> {
  const { cards } = await json<{ cards: CauseCard[] }>(move, 'quarantine list');
  return cards.find((card) => card.entity === entity && card.column === column)!;
}

test('every row set aside is on a card, and unknown codes become choices, check and all', {
  timeout: 600_000,
}, async () => {
  const move = await moves.open();
  succeeded(await move.migrate(undefined, '--no-validate'));
  const { cards } = await json<{ cards: CauseCard[] }>(move, 'quarantine list');
  const rows = cards.reduce((sum, card) => sum + card.rows, 0);
  expect(rows).toBe(moves.whole.quarantined.length);
  expect(cards.length).toBeLessThan(rows);
  const codes = cards.find(({ entity, column }) => entity === 'tasks' && column === 'status')!;
  expect(codes.suggestion).toMatchObject({ loses: null });
  const tried = await json<TryReport>(move, `quarantine try ${codes.id} --suggested`);
  expect(tried).toMatchObject({ rows: codes.rows, wouldMove: codes.rows, stillHeld: [], refusal: null });
  expect(await move.content()).toEqual(moves.whole);
  const waits = await move.run(`quarantine retry ${codes.id} --suggested`);
  expect(waits.code).toBe(4);
  expect(waits.stderr).toMatch(/Nothing was moved.* Approve it with .*approve --request/);
  const report = await json<RetryReport>(move, `quarantine retry ${codes.id} --suggested --yes`);
  expect(report).toMatchObject({
    status: 'success',
    compared: 'verified',
    runState: 'completed',
    stillHeld: [],
  });
  expect(report.entities).toMatchObject([{ entity: 'tasks', moved: codes.rows }]);
});

test.for(['retry.rows-written', 'retry.before-commit', 'retry.after-commit'])(
  'killed at %s, it has happened or it has not, and again leaves what one retry leaves',
  { timeout: 600_000 },
  async (failpoint) => {
    const move = await moves.open();
    succeeded(await move.migrate(undefined, '--no-validate'));
    const before = await move.content();
    const { id, rows } = await cardOf(move, 'patients', 'birth_date');
    const words = `quarantine retry ${id} --suggested --yes --no-validate --json`;
    killed(await move.run(words, { TOWPATH_FAILPOINT: `${failpoint}=kill` }));
    const happened = failpoint === 'retry.after-commit';
    const between = await move.content();
    if (!happened) expect(between).toEqual(before);
    expect(await move.state()).toBe(happened ? 'validating' : 'completed');
    const again = await move.run(happened ? `quarantine retry --no-validate --json` : words);
    const report = JSON.parse(again.stdout) as RetryReport;
    expect(report.entities.reduce((sum, { moved }) => sum + moved, 0)).toBe(happened ? 0 : rows);
    const after = await move.content();
    if (happened) expect(after).toEqual(between);
    const patients = after.entities.find((line) => line.startsWith('patients '))!;
    const [, read, written, aside] = /read (\d+) written (\d+) quarantined (\d+)/.exec(patients)!.map(Number);
    expect(read).toBe(written! + aside!);
    expect(after.quarantined.filter((line) => line.endsWith('released'))).toHaveLength(rows);
  },
);
