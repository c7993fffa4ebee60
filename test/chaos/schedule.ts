/**
 * What happens in one trial: how the move is run, what is done to it while it runs, how it is brought to its end, and what is
 * damaged afterwards to see that validation tells. All of it follows from the seed and the number of the trial.
 */
import type { Moment, NetworkFault } from '../../engine/rehearsal/chaos/fault-proxy.ts';

export type Side = 'source' | 'target';

/** When the command has sent this many bytes to the target. */
export interface Progress {
  readonly bytes: number;
}

export interface AtPoint {
  readonly failpoint: string;
  readonly hit: number;
}

export type Fault =
  | {
      readonly kind: 'network';
      readonly side: Side;
      readonly fault: NetworkFault;
      readonly moment: Moment;
      readonly reach: 'one' | 'all';
    }
  | ({ readonly kind: 'kill-process' } & AtPoint)
  | ({
      readonly kind: 'kill-server';
      readonly side: Side;
      /** Milliseconds until it is started again. */
      readonly down: number;
    } & AtPoint)
  /** `pg_ctl stop -m immediate`, then started again. */
  | ({ readonly kind: 'restart-server'; readonly side: Side; readonly down: number } & Progress)
  /** What a server says at such a point. */
  | ({ readonly kind: 'server-error'; readonly code: string } & AtPoint)
  | ({ readonly kind: 'clock'; readonly milliseconds: number } & AtPoint)
  | ({ readonly kind: 'disk-full'; readonly leave: number; readonly during: number } & Progress)
  | ({ readonly kind: 'read-only'; readonly during: number } & Progress)
  /** The statements that are running are cancelled, as a statement timeout does. */
  | ({ readonly kind: 'statement-timeout'; readonly side: Side; readonly times: number } & Progress)
  | ({ readonly kind: 'deadlock' } & Progress)
  | ({
      readonly kind: 'lock';
      readonly side: Side;
      readonly table: number;
      readonly during: number;
    } & Progress)
  | ({ readonly kind: 'terminate'; readonly side: Side; readonly which: 'one' | 'all' } & Progress)
  | ({ readonly kind: 'source-changes'; readonly rows: number } & Progress);

export type FaultKind = Fault['kind'];

export type Ending =
  /** Resumed until it is complete. */
  | 'complete'
  /** Taken out again, wherever it stands. */
  | 'rollback'
  /** Taken out, then moved once more. */
  | 'rollback-and-again'
  /** Completed, and what was set aside is replayed, twice. */
  | 'replay'
  /** Completed, and repeated from a batch in the middle. */
  | 'restart';

export const DAMAGES = [
  'changed-value',
  'deleted-row',
  'swapped-reference',
  'lost-pair',
  'forgotten-quarantine',
  'doubled-row',
] as const;

export type Damage = (typeof DAMAGES)[number];

/** The sample into an empty target, or a shop whose new system has rows already, some of them the same people. */
export type World = 'sample' | 'shop';

export interface Schedule {
  readonly number: number;
  readonly world: World;
  readonly batchSize: number;
  readonly concurrency: number;
  /** A dry run comes first, with the faults of the first command. */
  readonly dryRun: boolean;
  /** For each command of the move, the first and then resumes, what happens during it. */
  readonly commands: readonly (readonly Fault[])[];
  readonly ending: Ending;
  /** During the first command of a rollback, a repetition or a replay. */
  readonly atEnd: readonly Fault[];
  readonly damage: Damage | null;
  /** Before the run is taken back somebody changes one of its rows: it stays, and goes only when that is asked for. */
  readonly othersWrite: boolean;
  /** The last command is given once more, and must change nothing. */
  readonly again: boolean;
}

export function faultsOf({ commands, atEnd }: Schedule): Fault[] {
  return [...commands.flat(), ...atEnd];
}

/** In a few words, for the line of a trial. */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'network': {
      const { fault: what, side, moment } = fault;
      const when = Object.entries(moment)
        .map(([unit, value]) => `${unit} ${value}`)
        .join(' ');
      const dead = 'dead' in what ? ` ${what.dead}` : '';
      const long = 'milliseconds' in what ? ` ${what.milliseconds} ms` : '';
      return `${side} ${what.kind}${dead}${long} (${fault.reach}) at ${when}`;
    }
    case 'kill-process':
      return `kill -9 at ${fault.failpoint}:${fault.hit}`;
    case 'kill-server':
      return `kill -9 of the ${fault.side} server at ${fault.failpoint}:${fault.hit}, down ${fault.down} ms`;
    case 'server-error':
      return `${fault.code} at ${fault.failpoint}:${fault.hit}`;
    case 'clock':
      return `clock ${fault.milliseconds} ms at ${fault.failpoint}:${fault.hit}`;
    default: {
      const { kind, bytes, ...rest } = fault;
      const words = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
      return [kind, ...words, `at ${bytes} bytes`].join(' ');
    }
  }
}
