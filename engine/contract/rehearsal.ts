/** What a rehearsal is asked, and what it says. */
import type { ChaosOptions, ChaosReport } from './chaos.ts';
import type { ValidationReport } from './validation.ts';

export interface RehearseOptions {
  readonly entities: readonly string[];
  /** Rows an entity, before parents are added. */
  readonly sample: number;
  /** Refused with APPROVAL_EXCEEDED where the chosen rows and their parents are more; default any number. */
  readonly maxRows?: number;
  /** Once it went through, the same sample is moved again and again under faults. */
  readonly chaos?: ChaosOptions;
  readonly signal?: AbortSignal;
}

export interface RehearsalReport {
  readonly status: 'passed' | 'failed';
  readonly planHash: string;
  readonly entities: readonly {
    readonly entity: string;
    readonly rows: number;
    readonly written: number;
    readonly repaired: number;
    readonly quarantined: number;
    /** Rows that are the same record as another; absent: none. */
    readonly duplicates?: number | undefined;
    readonly rowsPerSecond: number;
    /** Masked: personal values show their shape only. */
    readonly samples: readonly {
      readonly before: Readonly<Record<string, string | null>>;
      readonly after: Readonly<Record<string, string | null>>;
    }[];
  }[];
  readonly validation: ValidationReport;
  readonly forecast: {
    readonly rows: number;
    /** Seconds of the full run: likely, and the band it lies in. */
    readonly seconds: { readonly low: number; readonly likely: number; readonly high: number };
    /** Bytes that the target grows by, write-ahead log apart. */
    readonly targetBytes: number;
    readonly walBytes: number;
  };
  /** Scratch schemas of rehearsals that had been killed, found and removed by this one. */
  readonly removedLeftovers: readonly string[];
  /** What the moves under faults showed; absent where none was asked for, or the rehearsal itself did not go through. Where they
   * prove nothing, `status` is still that of the rehearsal itself. */
  readonly chaos?: ChaosReport;
}
