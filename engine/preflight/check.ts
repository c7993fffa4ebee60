/** What a preflight check is given, and what it answers. */

import type { CodeRunners } from '../contract/code.ts';
import type { PreflightCheck } from '../contract/preflight-check.ts';
import type { Config } from '../core/config.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { SourceTable } from './source-tables.ts';

export type Side = 'source' | 'target';

export interface PreflightInput {
  /** Null: not configured. */
  readonly source: Database | null;
  readonly target: Database | null;
  /** With a plan only what it names is looked at, else everything in the source. */
  readonly plan?: PlanFile | null;
  /** Bytes that the target will grow by, where a rehearsal has measured it; else they are estimated. */
  readonly expectedBytes?: number | null;
  /** True where the plan holds code, which runs in a container. */
  readonly planNeedsCode?: boolean;
  /** What runs it; null where there is nothing. */
  readonly code?: CodeRunners | null;
  /** Connections that the run will hold on each side. Default 8. */
  readonly connections?: number;
  readonly environment?: Pick<Config, 'warnings' | 'targetEnvironment'>;
  readonly log: Pick<Log, 'warn'>;
}

/** What the checks look at. Only for sides that a check `needs`. */
export interface PreflightContext extends PreflightInput {
  database(side: Side): Database;
  /** Tables of the source that the migration reads. Asked once. */
  sourceTables(): Promise<readonly SourceTable[]>;
}

export type Verdict = Omit<PreflightCheck, 'name'>;

export interface Check {
  /** Stable: scripts may look for it. */
  readonly name: string;
  /** Sides that must have been reached; else the check is skipped. */
  readonly needs: readonly Side[];
  look(context: PreflightContext): Promise<Verdict>;
}

export function pass(message: string): Verdict {
  return { status: 'pass', message, remedy: null };
}

export function warn(message: string, remedy: string): Verdict {
  return { status: 'warn', message, remedy };
}

export function fail(message: string, remedy: string): Verdict {
  return { status: 'fail', message, remedy };
}

export function skipped(message: string): Verdict {
  return { status: 'skipped', message, remedy: null };
}

/** “a, b, c and 4 more”. */
export function listed(names: readonly string[], shown = 5): string {
  const rest = names.length - shown;
  if (rest > 0) return `${names.slice(0, shown).join(', ')} and ${rest} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
