/**
 * Code must answer the same for the same row, whenever and wherever it runs: a batch that is repeated, a run that is
 * resumed and the comparison at the end all rely on it. So the same rows go through it twice, in two runners that share
 * nothing, the second time in another order: code that looks at the clock, throws dice, or counts rows is found out.
 * A sample proves nothing for good; what it misses, the full comparison finds in the target.
 */
import type { CodeRunners, CodeUnit, RowOutcome } from '../../contract/code.ts';
import type { Unsteady, WhoseCode } from './code-errors.ts';
import { PORTION_ROWS, type Portion } from './portion.ts';
import { createUnitRunner } from './unit-runner.ts';

/** Null where all answers agree. */
export async function findUnsteady(
  runners: CodeRunners,
  unit: CodeUnit,
  whose: WhoseCode,
  rows: Portion,
): Promise<Unsteady | null> {
  return (await answerTwice(runners, unit, whose, rows)).unsteady;
}

/** Also the answers of the first time, in the order of the rows. */
export async function answerTwice(
  runners: CodeRunners,
  unit: CodeUnit,
  whose: WhoseCode,
  rows: Portion,
): Promise<{ readonly outcomes: readonly RowOutcome[]; readonly unsteady: Unsteady | null }> {
  if (rows.length === 0) return { outcomes: [], unsteady: null };
  const first = await answers(runners, unit, whose, rows);
  const order = mixedOrder(rows.length);
  const mixed = await answers(
    runners,
    unit,
    whose,
    order.map((i) => rows[i]!),
  );
  const second: RowOutcome[] = [];
  for (const [place, i] of order.entries()) second[i] = mixed[place]!;
  const columns = new Set<string>();
  let differing = 0;
  for (let i = 0; i < rows.length; i++) {
    const [a, b] = [first[i]!, second[i]!];
    if (!differ(a, b)) continue;
    differing++;
    if (a.ok && b.ok)
      unit.writes.forEach((name, k) => {
        if (a.cells[k] !== b.cells[k]) columns.add(name);
      });
  }
  const unsteady = differing === 0 ? null : { rows: rows.length, differing, columns: [...columns] };
  return { outcomes: first, unsteady };
}

/** Positions in an order without a pattern, the same every time (Fisher and Yates; numbers by Park and Miller). */
function mixedOrder(length: number): number[] {
  const order = Array.from({ length }, (_, i) => i);
  let number = 20_260_101;
  for (let i = length - 1; i > 0; i--) {
    number = (number * 48_271) % 2_147_483_647;
    const other = number % (i + 1);
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}

async function answers(
  runners: CodeRunners,
  unit: CodeUnit,
  whose: WhoseCode,
  rows: Portion,
): Promise<readonly RowOutcome[]> {
  const runner = createUnitRunner(runners, unit, whose);
  try {
    const outcomes: RowOutcome[] = [];
    for (let i = 0; i < rows.length; i += PORTION_ROWS)
      outcomes.push(...(await runner.answer(rows.slice(i, i + PORTION_ROWS))));
    return outcomes;
  } finally {
    await runner.rest();
  }
}

/** Two refusals of a row agree, whatever their words. */
function differ(a: RowOutcome, b: RowOutcome): boolean {
  if (!a.ok || !b.ok) return a.ok !== b.ok;
  return a.cells.some((cell, i) => cell !== b.cells[i]);
}
