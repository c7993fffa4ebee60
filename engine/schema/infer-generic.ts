/**
 * Generic relations: a type and a number that together name any row of any table. Django writes the number of a content
 * type, Rails and Laravel the name of a class. Which tables these are is settled in content-type-tables.ts and
 * class-tables.ts; here are the pairs of columns and the relation that comes of them.
 */
import type { Column, InferredReference, Table, TableName } from './catalog.ts';
import { displayName } from './table-key.ts';

export type GenericReference = Extract<InferredReference, { kind: 'generic' }>;

export interface GenericPair {
  readonly table: Table;
  readonly typeColumn: string;
  readonly idColumn: string;
  readonly style: 'content-type' | 'class-name';
}

/** What one value of the type column stands for; `table` null where there is none here. */
export interface ResolvedType {
  readonly type: string;
  readonly label: string;
  readonly table: TableName | null;
  /** Ids beside it that are no key of this table. */
  readonly dangling?: number;
}

const CONTENT_TYPES = 'django_content_type';
const TEXT = new Set(['text', 'varchar', 'bpchar', 'citext', 'name']);
const KEYS = new Set(['int2', 'int4', 'int8', 'uuid', 'text', 'varchar', 'bpchar', 'numeric']);

/** Pairs by the columns' names, and by what declared keys say of the type column. */
export function genericPairs(tables: readonly Table[]): GenericPair[] {
  const django = tables.some((table) => table.name === CONTENT_TYPES);
  return tables
    .filter((table) => !table.housekeeping && (table.kind === 'table' || table.kind === 'partitioned'))
    .flatMap((table) =>
      table.columns.flatMap(
        (column) => contentTypePair(table, column, django) ?? classPair(table, column) ?? [],
      ),
    );
}

/** `content_type_id` beside `object_id`; `termination_type_id`, a key of content types, beside `termination_id`. */
function contentTypePair(table: Table, column: Column, django: boolean): GenericPair | null {
  const declared = table.foreignKeys.find(
    (key) => key.columns.length === 1 && key.columns[0] === column.name,
  );
  if (!django || (declared && declared.references.name !== CONTENT_TYPES)) return null;
  const usual = /^(.*)content_type(_id)?$/.exec(column.name);
  const named = declared || /_object_type_id$/.test(column.name) ? /^(.*)_type_id$/.exec(column.name) : null;
  const wanted = usual ? [`${usual[1]}object_id`, `${usual[1]}object_pk`] : named ? [`${named[1]}_id`] : [];
  const id = table.columns.find((other) => wanted.includes(other.name) && isFreeKey(table, other));
  return id && /^int/.test(column.type.name)
    ? { table, typeColumn: column.name, idColumn: id.name, style: 'content-type' }
    : null;
}

/** `commentable_type` in words beside `commentable_id`. */
function classPair(table: Table, column: Column): GenericPair | null {
  const match = /^(.+?)(_t|T)ype$/.exec(column.name);
  if (!match || !(TEXT.has(column.type.of ?? column.type.name) || column.type.kind === 'enum')) return null;
  const id = table.columns.find(
    (other) => (other.name === `${match[1]}_id` || other.name === `${match[1]}Id`) && isFreeKey(table, other),
  );
  return id ? { table, typeColumn: column.name, idColumn: id.name, style: 'class-name' } : null;
}

/** Could hold keys, and points nowhere by a constraint of its own. */
function isFreeKey(table: Table, { name, type }: Column): boolean {
  return KEYS.has(type.of ?? type.name) && !table.foreignKeys.some((key) => key.columns.includes(name));
}

export interface Looked {
  readonly used: readonly ResolvedType[];
  /** All rows were looked at, not a sample. */
  readonly complete: boolean;
}

/** The relation as far as the types used can be resolved; null where none can. */
export function genericReference(pair: GenericPair, { used, complete }: Looked): GenericReference | null {
  const targets = used.flatMap(({ type, table }) => (table ? [{ type, table }] : []));
  if (targets.length === 0) return null;
  const unresolved = used.flatMap(({ type, label, table }) => (table ? [] : [{ type, label }]));
  const dangling = used.reduce((sum, type) => sum + (type.table ? (type.dangling ?? 0) : 0), 0);
  const names = [...new Set(targets.map((target) => displayName(target.table)))].join(', ');
  const seen = complete ? 'all rows were looked at' : 'only a sample was looked at';
  const rest =
    unresolved.length > 0 ? `; ${unresolved.length} further ${WORDS[pair.style]} have no table here` : '';
  return {
    ...namesOf(pair),
    targets,
    ...(unresolved.length > 0 ? { unresolved } : {}),
    ...(dangling > 0 ? { dangling } : {}),
    confidence: complete ? 0.97 : 0.85,
    reason: `${pair.typeColumn} and ${pair.idColumn} together name a row of ${names} (${seen}${rest})`,
  };
}

const WORDS: Readonly<Record<GenericPair['style'], string>> = {
  'content-type': 'content types',
  'class-name': 'kinds',
};

/** Names that frameworks give to such pairs; of others nothing is said before a value bears it out. */
const USUAL =
  /(able|item|object|subject|target|source|owner|resource|record|entity|parent|imageable|attachable)$/i;

/** A pair without any row: that it is one is all that can be said. */
export function emptyGenericReference(pair: GenericPair): GenericReference | null {
  const stem = pair.typeColumn.replace(/(_type|Type|_type_id|content_type(_id)?)$/, '');
  if (pair.style === 'class-name' && !USUAL.test(stem)) return null;
  return {
    ...namesOf(pair),
    targets: [],
    confidence: 0.4,
    reason: `${pair.typeColumn} and ${pair.idColumn} look as if together they named a row of any table; there is no row yet that would tell which`,
  };
}

function namesOf({ table, typeColumn, idColumn }: GenericPair) {
  return {
    kind: 'generic' as const,
    table: { schema: table.schema, name: table.name },
    typeColumn,
    idColumn,
  };
}
