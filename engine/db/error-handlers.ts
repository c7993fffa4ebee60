/**
 * What somebody who builds upon the engine decides about an error, beside the table. A handler chooses among the table's
 * strategies and can make none up: what concerns rows is the plan's to say, so no handler can make a row disappear, and a
 * rule that is fixed stays. The first one whose `match` fits and that decides wins.
 */
import type { Severity } from '../core/errors.ts';
import {
  type FaultKind,
  type RecoveryRule,
  recoveryTable,
  type Strategy,
  triesAgain,
} from './recovery-table.ts';

/** An error as handlers see it: names and codes, never a row. */
export interface Fault {
  readonly kind: FaultKind;
  /** SQLSTATE, errno, or Towpath's own code. */
  readonly code: string;
  readonly severity: Severity;
  /** Null: of the run as a whole. */
  readonly entity: string | null;
  /** Counted from 1. */
  readonly attempt: number;
}

export interface FaultDecision {
  /** For rows only set-aside, repair (what the plan says) or something stricter; for the rest anything but these two. */
  readonly strategy: Strategy;
  /** Attempts at most, the first included; up to 100. Default: the table's. */
  readonly attempts?: number;
  /** The wait before the next attempt; up to five minutes. Default: the table's. */
  readonly waitMilliseconds?: number;
}

/** Every part that is given must fit; a handler without parts is asked about everything. */
export interface FaultMatch {
  readonly kind?: FaultKind;
  readonly severity?: Severity;
  /** A whole code, such as `40P01`, or the two characters of a SQLSTATE class, such as `40`. */
  readonly code?: string;
  readonly entity?: string;
}

export interface ErrorHandler {
  readonly match: FaultMatch;
  /** Undefined: somebody else decides. */
  readonly decide: FaultDecision | ((fault: Fault) => FaultDecision | undefined);
}

const MOST_ATTEMPTS = 100;
const LONGEST_WAIT = 300_000;

/** The rule for this error: the table's, or what a handler makes of it. `told` hears of a handler that failed or overreached. */
export function ruleFor(
  fault: Fault,
  handlers: readonly ErrorHandler[],
  told: (problem: string, fault: Fault) => void,
): RecoveryRule & { readonly waitMilliseconds?: number } {
  const rule = recoveryTable[fault.kind];
  if (rule.fixed) return rule;
  for (const { match, decide } of handlers) {
    if (!fits(match, fault)) continue;
    try {
      const decision = typeof decide === 'function' ? decide(fault) : decide;
      if (decision === undefined) continue;
      if (allowed(rule, decision.strategy)) return changed(rule, decision);
      told('handler.refused', fault);
    } catch {
      told('handler.failed', fault);
    }
  }
  return rule;
}

function fits({ kind, severity, code, entity }: FaultMatch, fault: Fault): boolean {
  const ofClass = code?.length === 2 && /^[0-9A-Z]{5}$/.test(fault.code) && fault.code.startsWith(code);
  return (
    (kind === undefined || kind === fault.kind) &&
    (severity === undefined || severity === fault.severity) &&
    (code === undefined || code === fault.code || ofClass) &&
    (entity === undefined || entity === fault.entity)
  );
}

/** What concerns a row and what does not must not be mixed up; stopping is always allowed. */
function allowed({ severity }: RecoveryRule, wanted: Strategy): boolean {
  if (wanted === 'stop' || wanted === 'fail-entity') return true;
  return severity === 'minor' ? wanted === 'set-aside' || wanted === 'repair' : triesAgain(wanted);
}

function changed(rule: RecoveryRule, { strategy, attempts, waitMilliseconds }: FaultDecision) {
  const again = triesAgain(strategy);
  const stops = strategy === 'stop' || strategy === 'fail-entity';
  const wait = waitMilliseconds;
  return {
    ...rule,
    strategy,
    attempts: !again
      ? 1
      : attempts === undefined
        ? rule.attempts === 1
          ? null
          : rule.attempts
        : bounded(attempts, 1, MOST_ATTEMPTS),
    backoff: again ? (rule.backoff ?? recoveryTable['connection-lost'].backoff) : null,
    afterwards: stops ? strategy : rule.afterwards,
    ...(wait === undefined ? {} : { waitMilliseconds: bounded(wait, 0, LONGEST_WAIT) }),
  };
}

function bounded(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : least;
}
