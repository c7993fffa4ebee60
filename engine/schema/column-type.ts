/** Catalog row of a column → its exact type. Type modifiers are decoded as the server's own *typmodout functions do. */
import type { ColumnType, TypeUnder } from './catalog.ts';
import type { ColumnTypeRow } from './column-types.sql.ts';
import type { ColumnRow } from './columns.sql.ts';

const KINDS: Readonly<Record<string, ColumnType['kind']>> = {
  b: 'base',
  e: 'enum',
  c: 'composite',
  r: 'range',
  m: 'multirange',
  p: 'pseudo',
};

/** `types` by number. */
export function columnTypeOf(row: ColumnRow, types: ReadonlyMap<string, ColumnTypeRow>): ColumnType {
  const type = types.get(row.type_oid)!;
  const isDomain = type.type === 'd';
  const of = isDomain ? type.base_name : type.item_name;
  return {
    sql: row.type_sql,
    name: type.name,
    schema: type.schema,
    oid: Number(row.type_oid),
    kind: isDomain ? 'domain' : kindOf(type.type, type.is_array),
    of,
    ...decodeModifier(of ?? type.name, isDomain ? type.domain_typmod : row.typmod),
    collation: row.collation,
    ...(isDomain ? { base: baseOf(type) } : {}),
    ...(type.is_array ? { element: elementOf(type, isDomain ? type.base_sql : row.type_sql) } : {}),
  };
}

function baseOf(row: ColumnTypeRow): TypeUnder {
  const kind = kindOf(row.base_type, row.is_array);
  return { schema: row.base_schema, name: row.base_name, kind, sql: row.base_sql };
}

function elementOf(row: ColumnTypeRow, listSql: string): TypeUnder {
  const kind = kindOf(row.element_type!, row.element_is_array);
  const sql = row.element_domain_sql ?? listSql.replace(/(\[\])+$/, '');
  return { schema: row.element_schema!, name: row.element_name!, kind, sql };
}

function kindOf(type: string, isArray: boolean): ColumnType['kind'] {
  return isArray ? 'array' : (KINDS[type] ?? 'base');
}

/** Length and scale from atttypmod; -1 means none was given. */
export function decodeModifier(
  typeName: string,
  typmod: number,
): { length: number | null; scale: number | null } {
  if (typmod < 0) return { length: null, scale: null };
  switch (typeName) {
    case 'varchar':
    case 'bpchar':
      return { length: typmod - 4, scale: null };
    case 'bit':
    case 'varbit':
      return { length: typmod, scale: null };
    case 'numeric':
      // Eleven signed bits of scale since PostgreSQL 15 (numeric_typmod_scale in numeric.c).
      return { length: ((typmod - 4) >> 16) & 0xffff, scale: (((typmod - 4) & 0x7ff) ^ 1024) - 1024 };
    case 'time':
    case 'timetz':
    case 'timestamp':
    case 'timestamptz':
      return { length: null, scale: typmod };
    case 'interval':
      return { length: null, scale: (typmod & 0xffff) === 0xffff ? null : typmod & 0xffff };
    default:
      return { length: null, scale: null };
  }
}
