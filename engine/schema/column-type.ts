/** Catalog row of a column → its exact type. Type modifiers are decoded as the server's own *typmodout functions do. */
import type { ColumnType } from './catalog.ts';
import type { ColumnRow } from './columns.sql.ts';

const KINDS: Readonly<Record<string, ColumnType['kind']>> = {
  b: 'base',
  e: 'enum',
  d: 'domain',
  c: 'composite',
  r: 'range',
  m: 'multirange',
  p: 'pseudo',
};

export function columnTypeOf(row: ColumnRow): ColumnType {
  const isArray = row.type_category === 'A' && row.type_of !== null && row.type_type === 'b';
  const storage = row.type_of ?? row.type_name;
  return {
    sql: row.type_sql,
    name: row.type_name,
    schema: row.type_schema,
    oid: row.type_oid,
    kind: isArray ? 'array' : (KINDS[row.type_type] ?? 'base'),
    of: row.type_of,
    ...decodeModifier(storage, row.typmod),
    collation: row.collation,
  };
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
