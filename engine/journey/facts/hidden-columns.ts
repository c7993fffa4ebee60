/**
 * Which columns hold values that nobody may see here. A column is hidden when analysis or plan call it personal, or when
 * its name does for any type: a telephone number kept as a number is one too.
 */
import { codeOf } from '../../plan/code-units.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { shownBesides } from '../../plan/shown-besides.ts';
import type { Catalog, Column, ColumnType, Table } from '../../schema/catalog.ts';
import { personalDataOf } from '../../schema/personal-data.ts';
import { tableKey } from '../../schema/table-key.ts';
import { keyOf } from './told-names.ts';

export interface Personal {
  readonly kind: NonNullable<PlanColumn['personal']>;
  /** Of the analysis; null where the plan or a name alone says so. */
  readonly confidence: number | null;
}

const TEXT: ColumnType = {
  ...{ sql: 'text', name: 'text', schema: 'pg_catalog', oid: 25, kind: 'base' as const },
  ...{ of: null, length: null, scale: null, collation: null },
};

type ColumnSeen = Pick<Column, 'name' | 'type' | 'profile'>;
type ColumnPlanned = Pick<PlanColumn, 'to' | 'from' | 'personal'>;

/** What kind of personal value the column holds, or null. */
export function personalKind(column: ColumnSeen, planned: readonly ColumnPlanned[]): Personal['kind'] | null {
  return personalOf(column, planned)?.kind ?? null;
}

export function personalOf(column: ColumnSeen, planned: readonly ColumnPlanned[]): Personal | null {
  const own = planned.filter(({ from }) => from === column.name);
  const seen = column.profile?.personal ?? null;
  const said = own.find(({ personal }) => personal !== undefined)?.personal;
  if (said !== undefined) return { kind: said, confidence: seen?.kind === said ? seen.confidence : null };
  if (seen !== null) return { kind: seen.kind, confidence: seen.confidence };
  const kind = [column.name, ...own.map(({ to }) => to)]
    .map(personalByName)
    .find(
      (named) => named !== null && (!WRITTEN.includes(named) || !NEVER_TEXT.test(storageOf(column.type))),
    );
  return kind ? { kind, confidence: null } : null;
}

/** Kinds that only a text can be: `last_login` as a moment and `message_id` as a number are none. */
const WRITTEN: readonly string[] = ['name', 'email', 'free-text'];
const NEVER_TEXT =
  /^(bool|int\d|float\d|numeric|money|oid|uuid|date|time|timetz|timestamp|timestamptz|interval)$/;

function storageOf({ kind, name, of }: ColumnType): string {
  return kind === 'domain' ? (of ?? name) : name;
}

export function personalByName(name: string): Personal['kind'] | null {
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
  const parts = entity.columns.filter((column) =>
    shownBesides(column).some((name) => sources.has(name) || personalByName(name) !== null),
  );
  return new Set([...sources, ...[...planned, ...targets, ...parts].map(({ to }) => to), ...made]);
}
