/** What all trials came to: one document, one line. */
import { passedPoints } from './failpoint-table.ts';
import type { Fault } from './schedule.ts';
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
  /** What came about, not what was drawn. */
  readonly endings: Readonly<Record<string, number>>;
  /** Targets damaged on purpose; validation told of each, or there is a violation. */
  readonly damaged: number;
  readonly damages: Readonly<Record<string, number>>;
  /** Named points at which each was killed, of how many. */
  readonly killedAt: {
    readonly process: number;
    readonly source: number;
    readonly target: number;
    readonly of: number;
  };
  /** Whether a disk could be mounted, to be filled up. */
  readonly smallDisk: boolean;
  readonly violations: readonly { readonly schedule: number; readonly what: string }[];
  readonly seconds: number;
}

export function summarize(
  results: readonly TrialResult[],
  {
    seed,
    drawn,
    seconds,
    smallDisk,
  }: Pick<Summary, 'seed' | 'seconds' | 'smallDisk'> & { readonly drawn: number },
): Summary {
  const sum = (pick: (result: TrialResult) => number) => results.reduce((total, one) => total + pick(one), 0);
  const struck = results.flatMap((result) => result.struck);
  return {
    seed,
    schedules: results.length,
    faultsDrawn: drawn,
    faults: sum(({ struck }) => struck.length),
    kinds: countEach(struck.map(({ kind }) => kind)),
    runs: sum(({ commands }) => commands),
    failedRuns: sum(({ failed }) => failed),
    errors: countEach(results.flatMap(({ errors }) => errors)),
    rows: sum(({ rows }) => rows),
    endings: countEach(results.flatMap(({ ended }) => ended)),
    damaged: sum(({ damaged }) => Number(damaged !== null)),
    damages: countEach(results.flatMap(({ damaged }) => damaged ?? [])),
    killedAt: {
      process: pointsOf(struck, (fault) => fault.kind === 'kill-process'),
      source: pointsOf(struck, (fault) => fault.kind === 'kill-server' && fault.side === 'source'),
      target: pointsOf(struck, (fault) => fault.kind === 'kill-server' && fault.side === 'target'),
      of: passedPoints.length,
    },
    smallDisk,
    violations: results.flatMap(({ schedule, violations }) =>
      violations.map((what) => ({ schedule: schedule.number, what })),
    ),
    seconds: Math.round(seconds),
  };
}

function pointsOf(struck: readonly Fault[], isOne: (fault: Fault) => boolean): number {
  const names = struck.filter(isOne).flatMap((fault) => ('failpoint' in fault ? [fault.failpoint] : []));
  return new Set(names).size;
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
