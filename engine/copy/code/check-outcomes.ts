/** What comes back from code is looked at before it is used: as many outcomes as rows, each of the shape agreed on. */
import type { CodeFailure, CodeUnit, RowOutcome } from '../../contract/code.ts';

/** @throws CodeFailure of the kind `protocol` */
export function checkOutcomes(
  outcomes: readonly RowOutcome[],
  rows: number,
  { writes }: Pick<CodeUnit, 'writes'>,
): readonly RowOutcome[] {
  if (!Array.isArray(outcomes) || outcomes.length !== rows)
    throw broken('The sandbox did not give one answer a row.');
  for (const outcome of outcomes)
    if (!isOutcome(outcome, writes.length)) throw broken('The sandbox gave an answer of another shape.');
  return outcomes;
}

function isOutcome(outcome: RowOutcome | null, columns: number): boolean {
  if (typeof outcome !== 'object' || outcome === null) return false;
  if (outcome.ok === true) {
    const { cells } = outcome;
    if (!Array.isArray(cells) || cells.length !== columns) return false;
    return cells.every((cell) => cell === null || typeof cell === 'string');
  }
  const { line } = outcome;
  return (
    outcome.ok === false && typeof outcome.message === 'string' && (line === null || typeof line === 'number')
  );
}

function broken(message: string): CodeFailure {
  return Object.assign(new Error(message), {
    kind: 'protocol',
    hint: 'Try again; if it stays so, check the sandbox with: towpath sandbox doctor',
    rowIndex: null,
  });
}
