/**
 * The traces of a rehearsal, and how they go: its scratch schema and its entries in the control schema. Each step finds
 * by name what is there, so that the traces of a rehearsal that was killed are removed by the next one.
 */
import type { Database, Session } from '../db/database.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import { createsTable } from '../plan/creates-table.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { REHEARSAL_PREFIX } from './rehearsal-plan.ts';
import { deleteRunsOfMigrationSql, partitionsOfMigrationSql, scratchNamesSql } from './scratch.sql.ts';

/** Names of rehearsals of which something is left. */
export async function findLeftovers(target: Database): Promise<string[]> {
  const rows = await target.query<{ name: string }>(scratchNamesSql, [`${REHEARSAL_PREFIX}%`]);
  return rows.map((row) => row.name);
}

/**
 * Tables that the plan finds in the target, made anew and empty in the scratch schema: with their types, defaults, checks and
 * keys, without foreign keys, triggers and policies, so that nothing of the real ones is reached.
 */
export async function makeScratchTables(target: Session, plan: PlanFile, name: string): Promise<void> {
  const existing = plan.entities.filter((entity) => !createsTable(plan, entity));
  if (existing.length === 0) return;
  await target.query(`create schema ${quoteIdentifier(name)}`);
  for (const { target: real } of existing) {
    const scratch = quoteTable({ schema: name, name: real.table });
    await target.query(
      `create table ${scratch} (like ${quoteTable({ schema: real.schema, name: real.table })} including all)`,
    );
  }
}

export async function removeScratch(target: Session, name: string): Promise<void> {
  await target.query(`drop schema if exists ${quoteIdentifier(name)} cascade`);
  const partitions = await target.query<{ name: string }>(partitionsOfMigrationSql, [name]);
  for (const partition of partitions) {
    await target.query(`drop table if exists towpath.${quoteIdentifier(partition.name)}`);
  }
  await target.query('begin');
  try {
    for (const sql of deleteRunsOfMigrationSql) await target.query(sql, [name]);
    await target.query('commit');
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}
