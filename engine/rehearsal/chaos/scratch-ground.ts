/**
 * Where the moves of a rehearsal under faults happen: a scratch schema for the tables, a ledger of its own, and what the undisturbed
 * move left. All three bear the prefix of rehearsals, so that what a killed one leaves is removed by the next rehearsal.
 */
import { randomUUID } from 'node:crypto';
import { type Control, createControl } from '../../control/control.ts';
import { ledgerNamed } from '../../control/ledger-name.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { createDatabase, type Database } from '../../db/database.ts';
import { quoteIdentifier } from '../../db/quote.ts';
import type { Rename } from '../../db/rename-statements.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { makeScratchTables } from '../scratch.ts';

export interface ScratchGround {
  readonly rename: Rename;
  /** The target, with the ledger of this rehearsal in the place of the control schema. */
  readonly database: Database;
  readonly ledger: Control;
  /** Schema for what the undisturbed move left. */
  readonly kept: string;
  /** Empty tables and an empty ledger; every move gives the same row the same id. */
  clear(): Promise<void>;
  /** Ends its connections and drops everything; true where nothing is left. */
  remove(): Promise<boolean>;
}

export function openScratchGround(
  { target, clock, log }: { readonly target: Database; readonly clock: Clock; readonly log: Log },
  plan: PlanFile,
): ScratchGround {
  const name = plan.target.schema;
  const names = { tables: name, ledger: `${name}_ledger`, kept: `${name}_whole` };
  const rename = ledgerNamed(names.ledger);
  const database = createDatabase(target.config, 'target', { log, rename });
  const ledger = createControl(database, { clock });
  const namespace = randomUUID();
  return {
    ...{ rename, database, ledger },
    kept: names.kept,
    async clear() {
      await drop(database, [names.tables, names.ledger]);
      await ledger.ensure();
      await database.query(seedSql, [plan.migration, namespace]);
      const session = await database.session({ purpose: 'rehearsal' });
      try {
        await makeScratchTables(session, plan, name);
      } finally {
        await session.release();
      }
    },
    async remove() {
      await database.end();
      const all = Object.values(names);
      await drop(target, all);
      const left = await target.query('select from pg_namespace where nspname = any($1::text[])', [all]);
      return left.length === 0;
    },
  };
}

/** A run that gave up at once: those of the same migration inherit the namespace that ids are derived from. */
const seedSql = `insert into towpath.migration_control (run_id, migration, state, plan_hash, namespace, mode, started_at)
  values ('first', $1, 'cancelled', '-', $2::uuid, 'seed', '2000-01-01')`;

async function drop(database: Database, names: readonly string[]): Promise<void> {
  for (const name of names) await database.query(`drop schema if exists ${quoteIdentifier(name)} cascade`);
}
