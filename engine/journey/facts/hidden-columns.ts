/**
 * Which columns hold values that nobody may see here. A column is hidden when analysis or plan call it personal, or when
 * its name does for any type: a telephone number kept as a number is one too.
 */
import { codeOf } from '../../plan/code-units.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import type { Catalog, Column, ColumnType, Table } from '../../schema/catalog.ts';
import { personalDataOf } from '../../schema/personal-data.ts';
import { tableKey } from '../../schema/table-key.ts';
import { keyOf } from './told-names.ts';

type PersonalKind = NonNullable<PlanColumn['personal']>;

const TEXT: ColumnType = {
  ...{ sql: 'text', name: 'text', schema: 'pg_catalog', oid: 25, kind: 'base' as const },
  ...{ of: null, length: null, scale: null, collation: null },
};

/** What kind of personal value the column holds, or null. */
export function personalKind(
  column: Pick<Column, 'name' | 'profile'>,
  planned: readonly Pick<PlanColumn, 'to' | 'from' | 'personal'>[],
): PersonalKind | null {
  const own = planned.filter(({ from }) => from === column.name);
  return (
    own.find(({ personal }) => personal !== undefined)?.personal ??
    column.profile?.personal?.kind ??
    personalByName(column.name) ??
    own.map(({ to }) => personalByName(to)).find((kind) => kind !== null) ??
    null
  );
}

export function personalByName(name: string): PersonalKind | null {
  return personalDataOf(name, TEXT, {})?.kind ?? null;
}

export function plannedColumns(plan: PlanFile | null, table: Table): readonly PlanColumn[] {
  return plan?.entities.find(({ source }) => keyOf(source) === tableKey(table))?.columns ?? [];
}

/** Names of an entity's columns, old and new, whose values are personal. The catalog may know more than the plan. */
export function personalNames(entity: PlanEntity, catalog: Catalog | null): ReadonlySet<string> {
  const table = catalog?.tables.find((item) => tableKey(item) === keyOf(entity.source));
  const planned = entity.columns.filter(
    (column) =>
      column.personal !== undefined ||
      personalByName(column.to) !== null ||
      (column.from !== undefined && personalByName(column.from) !== null),
  );
  const seen = table?.columns.filter((column) => personalKind(column, entity.columns) !== null) ?? [];
  const sources = new Set([...seen.map(({ name }) => name), ...planned.flatMap(({ from }) => from ?? [])]);
  const targets = entity.columns.filter(({ from }) => from !== undefined && sources.has(from));
  const made = codeOf(entity).flatMap(({ reads, writes }) =>
    reads.some((name) => sources.has(name) || personalByName(name) !== null) ? writes : [],
  );
  return new Set([...sources, ...[...planned, ...targets].map(({ to }) => to), ...made]);
}
