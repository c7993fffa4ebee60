/**
 * Who did what, in a chain (audit-chain.ts). Entries are added and never touched again: the table itself refuses anything
 * else, to its owner as well, unless he takes the refusal away, which `verify` tells.
 */

import { type Clock, createClock } from '../core/clock.ts';
import { redact } from '../core/redaction.ts';
import type { Database, Session } from '../db/database.ts';
import { type ChainLink, FIRST, hashOf, judgeChain } from './audit-chain.ts';
import type { AuditEntry, AuditVerdict, AuditWitness } from './audit-entry.ts';
import {
  addAuditSql,
  guardsSql,
  lastAuditSql,
  latestAuditSql,
  lockAuditSql,
  pageAuditSql,
} from './audit-store.sql.ts';
import { auditGuard } from './migrations/0007-audit-guard.sql.ts';
import type { Queryable } from './queryable.ts';

export interface AuditStore {
  /** With a session: in its transaction, which holds other writers off until it ends. */
  add(
    entry: {
      readonly actor: string;
      readonly action: string;
      readonly details?: Readonly<Record<string, unknown>>;
    },
    session?: Queryable,
  ): Promise<void>;
  /** Reads the whole chain, in pages. */
  verify(witness?: AuditWitness): Promise<AuditVerdict>;
  /** Newest first. */
  latest(limit: number): Promise<AuditEntry[]>;
  /** All entries from the first on, for the export. */
  entries(): AsyncGenerator<AuditEntry, void, undefined>;
}

const PAGE = 1000;
/** What the refusing functions said when they were made. */
const GUARDS = [...auditGuard.matchAll(/\$\$(.*?)\$\$/gs)].map(([, body]) => body!);

type PageRow = AuditEntry & { readonly exact: boolean };

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

  async function* pages(): AsyncGenerator<PageRow, void, undefined> {
    for (let after = '0'; ; ) {
      const page = await database.query<PageRow>(pageAuditSql, [after, PAGE]);
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.seq;
    }
  }

  return {
    async *entries() {
      for await (const { exact: _, ...entry } of pages()) yield entry;
    },
    latest: (limit) => database.query<AuditEntry>(latestAuditSql, [limit]),
    add: ({ actor, action, details = {} }, session) =>
      session
        ? addOn(session, actor, action, details)
        : database.transaction((own: Session) => addOn(own, actor, action, details)),
    async verify(witness) {
      const links: ChainLink[] = [];
      for await (const { seq, previousHash, hash, exact, ...content } of pages()) {
        const sound = exact && hashOf({ previousHash, ...content }) === hash;
        links.push({ seq, previousHash, hash, sound });
      }
      const [found] = await database.query<{ guards: number }>(guardsSql, GUARDS);
      return { ...judgeChain(links, witness), guarded: found!.guards === GUARDS.length };
    },
  };
}
