/** What all trials came to: one document, one line. */
import type { TrialResult } from './trial.ts';

export interface Summary {
  readonly seed: number;
  readonly schedules: number;
  readonly faultsDrawn: number;
  /** Faults that struck. */
  readonly faults: number;
  /** Kind → how often it struck. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Commands of Towpath that ran. */
  readonly runs: number;
  readonly failedRuns: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Rows in the targets at the end. */
  readonly rows: number;
  readonly endings: Readonly<Record<string, number>>;
  /** Targets damaged on purpose; validation told of each, or there is a violation. */
  readonly damaged: number;
  readonly violations: readonly { readonly schedule: number; readonly what: string }[];
  readonly seconds: number;
}

export function summarize(
  results: readonly TrialResult[],
  { seed, drawn, seconds }: { readonly seed: number; readonly drawn: number; readonly seconds: number },
): Summary {
  const sum = (pick: (result: TrialResult) => number) => results.reduce((total, one) => total + pick(one), 0);
  return {
    seed,
    schedules: results.length,
    faultsDrawn: drawn,
    faults: sum(({ struck }) => struck.length),
    kinds: countEach(results.flatMap(({ struck }) => struck)),
    runs: sum(({ commands }) => commands),
    failedRuns: sum(({ failed }) => failed),
    errors: countEach(results.flatMap(({ errors }) => errors)),
    rows: sum(({ rows }) => rows),
    endings: countEach(results.map(({ schedule }) => schedule.ending)),
    damaged: sum(({ damaged }) => Number(damaged)),
    violations: results.flatMap(({ schedule, violations }) =>
      violations.map((what) => ({ schedule: schedule.number, what })),
    ),
    seconds: Math.round(seconds),
  };
}

export function summaryLine(summary: Summary): string {
  const { faults, kinds, schedules, runs, rows, damaged, violations, seed, seconds } = summary;
  return `chaos: ${schedules} schedules, ${faults} faults of ${Object.keys(kinds).length} kinds in ${runs} runs, ${rows} rows, ${damaged} targets damaged on purpose, ${violations.length} violations; seed ${seed}, ${seconds} s`;
}

function countEach(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
}
