/** Django's generic relations: a content type number and a row number that together name any row of any table. */
import type { InferredReference, Table, TableName } from './catalog.ts';
import { displayName } from './table-key.ts';

export interface GenericPair {
  readonly table: Table;
  readonly typeColumn: string;
  readonly idColumn: string;
}

export interface ContentType {
  readonly id: string;
  readonly app: string;
  readonly model: string;
}

/** Tables with `<x>content_type_id` beside `<x>object_id`. */
export function genericPairs(tables: readonly Table[]): GenericPair[] {
  return tables
    .filter((table) => !table.housekeeping && (table.kind === 'table' || table.kind === 'partitioned'))
    .flatMap((table) =>
      table.columns.flatMap((column) => {
        const match = /^(.*)content_type_id$/.exec(column.name);
        if (!match) return [];
        const id = table.columns.find(
          (other) =>
            /^object_(id|pk)$/.test(other.name.slice(match[1]!.length)) && other.name.startsWith(match[1]!),
        );
        return id ? [{ table, typeColumn: column.name, idColumn: id.name }] : [];
      }),
    );
}

export function contentTypeTable(tables: readonly Table[]): Table | null {
  return tables.find((table) => table.name === 'django_content_type') ?? null;
}

/**
 * The table of a content type. Django names it `<app>_<model>` unless told otherwise, and model names have lost their
 * word borders, so underscores do not count.
 */
export function tableOfContentType(type: ContentType, tables: readonly Table[]): TableName | null {
  const wanted = plain(`${type.app}${type.model}`);
  const model = plain(type.model);
  const real = tables.filter((table) => table.kind === 'table' || table.kind === 'partitioned');
  const found =
    real.find((table) => plain(table.name) === wanted) ??
    real.find((table) => plain(table.name) === model || plain(table.name) === `${model}s`);
  return found ? { schema: found.schema, name: found.name } : null;
}

/** The relation as far as the types used can be resolved; null where none can. */
export function genericReference(
  pair: GenericPair,
  used: readonly string[],
  types: readonly ContentType[],
  tables: readonly Table[],
  complete: boolean,
): InferredReference | null {
  const targets = used.flatMap((id) => {
    const type = types.find((candidate) => candidate.id === id);
    const table = type ? tableOfContentType(type, tables) : null;
    return table ? [{ type: id, table }] : [];
  });
  if (targets.length === 0) return null;
  const names = targets.map((target) => displayName(target.table)).join(', ');
  const missing = used.length - targets.length;
  const seen = complete ? 'all rows were looked at' : 'only a sample was looked at';
  const rest = missing > 0 ? `; ${missing} further content types have no table here` : '';
  return {
    kind: 'generic',
    table: { schema: pair.table.schema, name: pair.table.name },
    typeColumn: pair.typeColumn,
    idColumn: pair.idColumn,
    targets,
    confidence: complete ? 0.97 : 0.85,
    reason: `${pair.typeColumn} and ${pair.idColumn} together name a row of ${names} (${seen}${rest})`,
  };
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
