/**
 * Who did what, in a chain: each entry's hash covers its content and the hash of the entry before, so that a changed,
 * inserted or removed entry breaks everything behind it. The last entries can still be cut off unnoticed by whoever may
 * write to the table; the export, and the hash a report quotes, are what they are compared with.
 * hash = sha256 over the canonical JSON of [previousHash, at, actor, action, details].
 */
import { createHash } from 'node:crypto';
import { type Clock, createClock } from '../core/clock.ts';
import { redact } from '../core/redaction.ts';
import type { Database, Session } from '../db/database.ts';
import { addAuditSql, lastAuditSql, latestAuditSql, lockAuditSql, pageAuditSql } from './audit-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface AuditEntry {
  readonly seq: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly previousHash: string;
  readonly hash: string;
}

export type AuditVerdict =
  | { readonly intact: true; readonly entries: number; readonly lastHash: string | null }
  | { readonly intact: false; readonly entries: number; readonly brokenAt: string; readonly reason: string };

export interface AuditStore {
  /** With a session: in its transaction, which holds other writers off until it ends. */
  add(
    entry: {
      readonly actor: string;
      readonly action: string;
      readonly details?: Readonly<Record<string, unknown>>;
    },
    session?: Session,
  ): Promise<void>;
  /** Reads the whole chain, in pages. */
  verify(): Promise<AuditVerdict>;
  /** Newest first. */
  latest(limit: number): Promise<AuditEntry[]>;
  /** All entries from the first on, for the export. */
  entries(): AsyncGenerator<AuditEntry, void, undefined>;
}

const FIRST = '0'.repeat(64);
const PAGE = 1000;

export function createAuditStore(database: Database, clock: Pick<Clock, 'now'> = createClock()): AuditStore {
  async function addOn(
    on: Queryable,
    actor: string,
    action: string,
    given: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await on.query(lockAuditSql);
    const [last] = await on.query<{ hash: string }>(lastAuditSql);
    const previousHash = last?.hash ?? FIRST;
    const at = clock.now().toISOString();
    const details = JSON.parse(JSON.stringify(redact(given))) as Record<string, unknown>;
    const hash = hashOf({ previousHash, at, actor, action, details });
    await on.query(addAuditSql, [at, actor, action, JSON.stringify(details), previousHash, hash]);
  }

  async function* entries(): AsyncGenerator<AuditEntry, void, undefined> {
    for (let after = '0'; ; ) {
      const page = await database.query<AuditEntry>(pageAuditSql, [after, PAGE]);
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.seq;
    }
  }

  return {
    entries,
    latest: (limit) => database.query<AuditEntry>(latestAuditSql, [limit]),
    add: ({ actor, action, details = {} }, session) =>
      session
        ? addOn(session, actor, action, details)
        : database.transaction((own) => addOn(own, actor, action, details)),
    async verify() {
      let previousHash = FIRST;
      let count = 0;
      for await (const entry of entries()) {
        const reason = faultOf(entry, previousHash);
        if (reason) return { intact: false, entries: count, brokenAt: entry.seq, reason };
        previousHash = entry.hash;
        count++;
      }
      return { intact: true, entries: count, lastHash: count === 0 ? null : previousHash };
    },
  };
}

function faultOf(entry: AuditEntry, previousHash: string): string | null {
  if (entry.previousHash !== previousHash) return 'An entry before it was removed, inserted or replaced.';
  return hashOf(entry) === entry.hash ? null : 'Its content was changed after it was written.';
}

function hashOf(entry: Omit<AuditEntry, 'seq' | 'hash'>): string {
  const { previousHash, at, actor, action, details } = entry;
  return createHash('sha256')
    .update(canonical([previousHash, at, actor, action, details]))
    .digest('hex');
}

/** JSON with keys in order: jsonb gives them back in an order of its own. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(',')}}`;
}
