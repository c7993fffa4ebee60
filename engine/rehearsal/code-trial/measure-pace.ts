/** How fast warm code is: the sample again and again, for a moment. A few rows alone would time the container's start. */
import { type CodeRunners, type CodeUnit, isCodeFailure } from '../../contract/code.ts';
import { PORTION_ROWS, type Portion } from '../../copy/code/portion.ts';

/** Of one portion; the sandbox ends code that takes seconds for one. */
const LONGEST_MILLISECONDS = 250;

/** Rows a second, rounded to two digits; null where there are none, or where the code fails on so many. */
export async function measurePace(
  runners: CodeRunners,
  unit: CodeUnit,
  rows: Portion,
): Promise<number | null> {
  if (rows.length === 0) return null;
  const sample = rows.slice(0, PORTION_ROWS);
  try {
    const runner = await runners.open(unit);
    try {
      await runner.run(sample);
      const each = (await timed(() => runner.run(sample))) / sample.length;
      const most = Math.max(sample.length, Math.min(PORTION_ROWS, Math.floor(LONGEST_MILLISECONDS / each)));
      const portion = Array.from({ length: most }, (_, i) => sample[i % sample.length]!);
      await runner.run(portion);
      const milliseconds = Math.min(
        await timed(() => runner.run(portion)),
        await timed(() => runner.run(portion)),
      );
      return Number(((most * 1000) / milliseconds).toPrecision(2));
    } finally {
      await runner.close();
    }
  } catch (error) {
    if (isCodeFailure(error)) return null;
    throw error;
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.max(0.001, performance.now() - start);
}
