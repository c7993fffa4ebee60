/** One row's story: where it went, what was changed on the way, and how the source has it now. */
import type { FoundRow } from '../contract/report.ts';
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { nearest } from '../plan/nearest.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { equalRowSql, keyPartsSql, sourceRowSql } from './find-row.sql.ts';

export interface FindRowDependencies {
  readonly control: Control;
  readonly source: Database;
  readonly target: Database;
}

/** @throws MigrationError UNKNOWN_ENTITY */
export async function findRow(
  { control, source, target }: FindRowDependencies,
  plan: PlanFile,
  { entity: name, id }: { readonly entity: string; readonly id: string },
): Promise<FoundRow> {
  const entity = entityOf(plan, name);
  const said = await asKept(target, entity, id);
  const { pair, held, retried, repairs } = await control.rows.trace({
    migration: plan.migration,
    entity: name,
    id: said.text,
  });
  const legacyId = pair?.legacyId ?? said.text;
  const parts = pair === null ? said.parts : (await asKept(target, entity, pair.legacyId)).parts;
  const now = parts === null ? null : await readSource(source, entity, parts);
  return {
    entity: name,
    legacyId,
    newId: pair?.newId ?? null,
    batchId: pair?.batchId ?? held?.batchId ?? null,
    runId: pair?.runId ?? held?.runId ?? null,
    quarantined: held,
    retried,
    repairs,
    ...(pair?.duplicateOf ? { duplicateOf: pair.duplicateOf } : {}),
    sourceRow: now?.row ?? null,
    filteredOut: now === null ? false : !now.wanted,
    merged: pair?.merged ?? null,
    duplicate: now !== null && entity.dedupe === true && isContentKey(parts!) && parts![1] !== '1',
  };
}

export function entityOf(plan: PlanFile, name: string): PlanEntity {
  const found = plan.entities.find((entity) => entity.name === name);
  if (found) return found;
  const meant = nearest(
    name,
    plan.entities.map((entity) => entity.name),
  );
  throw new MigrationError({
    code: 'UNKNOWN_ENTITY',
    message: `There is no entity named ${name} in the plan of this run.`,
    hint: meant ? `Did you mean ${meant}?` : 'The plan names them all: towpath map',
  });
}

interface SourceRow {
  readonly row: Readonly<Record<string, string | null>>;
  readonly wanted: boolean;
}

/** Errors of a key that is no value of its column: then there is no such row. */
const NO_SUCH_VALUE = new Set(['22P02', '22003', '22007', '22008']);

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (NO_SUCH_VALUE.has((error as { code?: string }).code ?? '')) return null;
    throw error;
  }
}

function readSource(
  source: Database,
  entity: PlanEntity,
  parts: readonly string[],
): Promise<SourceRow | null> {
  const sql = entity.key.columns.length === 0 ? equalRowSql(entity) : sourceRowSql(entity);
  return orNull(async () => (await source.query<SourceRow>(sql, parts))[0] ?? null);
}

interface Key {
  /** As the pairs hold it. */
  readonly text: string;
  /** Values of the key columns, or hash and number of a row that is known by its content; null: no key of the entity. */
  readonly parts: readonly string[] | null;
}

/** A key of several columns is a JSON list, which people may write with other spaces. */
async function asKept(target: Database, { key }: PlanEntity, id: string): Promise<Key> {
  if (key.columns.length === 1) return { text: id, parts: [id] };
  if (key.columns.length === 0) {
    const parts = /^([0-9a-f]{32})-([1-9]\d{0,8})$/.exec(id)?.slice(1) ?? null;
    return { text: id, parts };
  }
  const read = await orNull(() =>
    target.query<{ text: string; parts: (string | null)[] }>(keyPartsSql, [id]),
  );
  const [found] = read ?? [];
  const parts = found?.parts.filter((part) => part !== null) ?? [];
  return found === undefined || parts.length !== key.columns.length
    ? { text: id, parts: null }
    : { text: found.text, parts };
}

function isContentKey(parts: readonly string[]): boolean {
  return parts.length === 2 && /^[0-9a-f]{32}$/.test(parts[0]!);
}
