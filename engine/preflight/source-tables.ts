/** The source's tables that a migration reads, with what this user may see of them. */
import type { Database } from '../db/database.ts';
import { lookupTables } from '../plan/lookup-tables.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { sourceTablesSql } from './source-tables.sql.ts';

export interface SourceTable {
  readonly schema: string;
  readonly name: string;
  readonly exists: boolean;
  readonly usage: boolean;
  readonly readable: boolean;
  /** A policy filters what this user sees. */
  readonly policed: boolean;
  /** Rows by the server's statistics; null where it has never counted. */
  readonly estimatedRows: number | null;
  /** Heap, toast and indexes. */
  readonly bytes: number;
}

export async function readSourceTables(source: Database, plan: PlanFile | null): Promise<SourceTable[]> {
  const wanted = plan ? uniqueTables(plan) : null;
  return await source.query<SourceTable>(sourceTablesSql(), [
    wanted?.map(({ schema }) => schema) ?? null,
    wanted?.map(({ table }) => table) ?? null,
  ]);
}

function uniqueTables(plan: PlanFile): { schema: string; table: string }[] {
  const read = [...plan.entities.map(({ source }) => source), ...lookupTables(plan)];
  const byName = new Map(read.map((source) => [`${source.schema}\0${source.table}`, source]));
  return [...byName.values()];
}
