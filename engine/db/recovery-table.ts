/**
 * What goes wrong and what is done about it: one table, read by everything that tries again, sets aside, holds back or
 * stops (retry.ts, copy/load-level.ts, run/held-entities.ts, report). Nothing else decides. Which code is which kind stands
 * in sqlstate-table.ts; docs/recovery-table.md is made from both.
 *
 * Promise: whatever the table or a handler says, no row is lost. The worst that can follow is that a kind of records, or
 * the run, waits for a person with every finished batch in the target and every other row still in the source.
 */
import type { Severity } from '../core/errors.ts';

/**
 * stop           the run ends with a checkpoint
 * fail-entity    this kind of records waits for a person, and what points at it; the others go on
 * retry          the same again on the same connections
 * reconnect      the same again on new connections
 * smaller-batch  the same again on new connections, half the rows at a time from then on
 * set-aside      the row goes to quarantine with its reason
 * repair         the row is changed as the plan says (merged, null, placeholder, default); where it says nothing, set aside
 */
export const STRATEGIES = [
  'stop',
  'fail-entity',
  'retry',
  'reconnect',
  'smaller-batch',
  'set-aside',
  'repair',
] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Milliseconds: the first wait, the longest, and what each wait is multiplied by. */
export interface Backoff {
  readonly first: number;
  readonly longest: number;
  readonly factor: number;
}

export interface RecoveryRule {
  readonly severity: Severity;
  readonly strategy: Strategy;
  /** Attempts at most, the first included. Null: MAX_RETRY_ATTEMPTS and the first. */
  readonly attempts: number | null;
  /** Null where nothing is tried again. */
  readonly backoff: Backoff | null;
  /**
   * What follows when that did not help. ask-server: the kind of records waits where both servers still let us in, and the
   * run stops where one does not.
   */
  readonly afterwards: 'stop' | 'fail-entity' | 'ask-server' | 'set-aside';
  /** No handler may say otherwise: going on could damage what is in the target. */
  readonly fixed?: true;
  /** For people. */
  readonly words: string;
}

const quick: Backoff = { first: 200, longest: 30_000, factor: 2 };
const patient: Backoff = { first: 500, longest: 30_000, factor: 2 };

const critical = (words: string): RecoveryRule => ({
  severity: 'critical',
  strategy: 'stop',
  attempts: 1,
  backoff: null,
  afterwards: 'stop',
  words,
});
const broken = (words: string): RecoveryRule => ({
  severity: 'critical',
  strategy: 'fail-entity',
  attempts: 1,
  backoff: null,
  afterwards: 'fail-entity',
  words,
});
const again = (
  strategy: 'retry' | 'reconnect' | 'smaller-batch',
  afterwards: RecoveryRule['afterwards'],
  words: string,
  backoff = quick,
): RecoveryRule => ({ severity: 'major', strategy, attempts: null, backoff, afterwards, words });
const row = (strategy: 'set-aside' | 'repair', words: string): RecoveryRule => ({
  severity: 'minor',
  strategy,
  attempts: 1,
  backoff: null,
  afterwards: 'set-aside',
  words,
});

const table = {
  'disk-full': critical('the disk of a server, or of this machine, is full'),
  'read-only-server': critical('the target takes no writes'),
  'server-gone': critical('the database is gone, or the server was told to end for good'),
  'access-refused': critical('a server refuses the user, the address or the encryption'),
  'server-fault': critical('the server, its files or its settings are at fault'),
  aborted: critical('somebody stopped it'),
  'lock-lost': { ...critical('the run no longer owns the target'), fixed: true },
  'ledger-wrong': { ...critical('what was counted does not agree with what is there'), fixed: true },
  'server-away': {
    ...again('reconnect', 'stop', 'nothing accepts connections at the moment', patient),
    severity: 'critical',
  },

  'schema-incompatible': broken('a table, column or type is not what the plan means'),
  'permission-missing': { ...broken('the user may not use a table'), afterwards: 'ask-server' },
  'code-broken': broken('the code of a plan stops or cannot be run'),
  'constraint-refused': broken('a key or a rule of a table cannot be added'),
  drift: broken('the source is no longer what the plan was made for'),
  unknown: broken('an error that Towpath does not know'),

  'connection-lost': again('reconnect', 'ask-server', 'a connection ended, on either side', patient),
  'pool-closed': again(
    'reconnect',
    'ask-server',
    'the pool of connections was closed or stayed busy',
    patient,
  ),
  deadlock: again('retry', 'fail-entity', 'a deadlock, or transactions that cannot follow each other'),
  'lock-wait': again('retry', 'fail-entity', 'another session holds a lock', patient),
  timeout: again('smaller-batch', 'ask-server', 'a statement or a connection took too long'),
  'out-of-resources': again('smaller-batch', 'ask-server', 'memory, connections or files ran out', patient),
  'snapshot-gone': again('reconnect', 'fail-entity', 'the moment that was being read no longer exists'),
  overtaken: again('reconnect', 'fail-entity', 'a batch was finished by an earlier process meanwhile'),

  'duplicate-key': row('repair', 'a row repeats a key: merged by its natural key, or set aside'),
  'malformed-email': row(
    'repair',
    'an e-mail address that is none, or is taken: placeholder, null or set aside',
  ),
  'missing-parent': row('repair', 'a row points at a record that is not there: null, or set aside'),
  'wrong-length-or-type': row(
    'repair',
    'a value is too long or of another type: null, placeholder, default, or set aside',
  ),
  'rule-of-target': row('set-aside', 'a row breaks a rule of its table'),
  'refused-by-code': row('set-aside', 'code of the plan or of the target refuses a row'),
} as const satisfies Record<string, RecoveryRule>;

export type FaultKind = keyof typeof table;
export const recoveryTable: Readonly<Record<FaultKind, RecoveryRule>> = table;
export const FAULT_KINDS = Object.keys(table) as FaultKind[];

/** Strategies after which the same work is done again. */
export function triesAgain(strategy: Strategy): strategy is 'retry' | 'reconnect' | 'smaller-batch' {
  return strategy === 'retry' || strategy === 'reconnect' || strategy === 'smaller-batch';
}
