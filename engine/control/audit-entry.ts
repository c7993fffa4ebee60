/** The audit log as its readers see it: who did what, in a chain of hashes. */

export interface AuditEntry {
  /** Rises; a number is missing where what should have been entered was undone with its transaction. */
  readonly seq: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly previousHash: string;
  readonly hash: string;
}

/** What somebody kept of the log outside of the database. */
export interface AuditWitness {
  /** Hashes of all entries up to then, oldest first. */
  readonly hashes?: readonly string[];
  /** The hash of one entry, usually the last at the time. */
  readonly hash?: string;
}

/**
 * changed   an entry is not what it was when it was written
 * removed   entries between two others are gone
 * inserted  entries stand where none were
 * cut-off   the log ends before what was kept of it does
 */
export type AuditFault = 'changed' | 'removed' | 'inserted' | 'cut-off';

export interface IntactAudit {
  readonly intact: true;
  readonly entries: number;
  /** Null where there is none. */
  readonly firstHash: string | null;
  readonly lastHash: string | null;
  /** Whether entries were cut off at the end is known only where this is true. */
  readonly witnessed: boolean;
  /** False: the table's own refusal of changes was switched off or taken away. */
  readonly guarded: boolean;
}

export interface BrokenAudit {
  readonly intact: false;
  /** Entries before the first that is wrong. */
  readonly entries: number;
  readonly kind: AuditFault;
  /** Number of the first entry that is wrong; of `removed`, the one behind the gap; of `cut-off`, the last that is left. */
  readonly brokenAt: string;
  readonly reason: string;
  readonly guarded: boolean;
}

export type AuditVerdict = IntactAudit | BrokenAudit;
