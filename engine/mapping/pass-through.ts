/**
 * Which source columns travel as the bytes they are: the SQL that reads them so that the bytes are those of the
 * target's type. Only conversions that cannot fail are done in that SQL; one that can fail runs in the mapper,
 * where a bad value costs one row and not the batch.
 */
import { quoteIdentifier, quoteLiteral } from '../db/quote.ts';
import type { ColumnType, TypeUnder } from '../schema/catalog.ts';
import type { SqlType } from './sql-type.ts';

/** Types of pg_catalog whose binary form is the same in every server from 11 to 18. */
const STABLE = new Set(
  `bool int2 int4 int8 float4 float8 numeric text varchar bpchar citext name char bytea uuid date time timetz timestamp
  timestamptz interval json jsonb inet cidr macaddr macaddr8 bit varbit xml point line lseg box path polygon circle oid
  money tsvector tsquery int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange
  nummultirange tsmultirange tstzmultirange datemultirange`.split(/\s+/),
);
const TEXT = new Set(['text', 'varchar', 'citext']);
const TEXT_LIKE = new Set(['text', 'varchar', 'citext', 'name', 'xml', 'json']);
const INTEGER_RANK: Readonly<Record<string, number>> = { int2: 1, int4: 2, int8: 3 };

/** The column as SQL over the source row `t`. */
export function columnSql(name: string): string {
  return `t.${quoteIdentifier(name)}`;
}

/** A whole row as a jsonb object of texts. Not `to_jsonb(t)`: json may hold what jsonb refuses, such as \\u0000. */
export function rowTextsSql(names: readonly string[]): string {
  const values = names.map((name) => `${columnSql(name)}::text`);
  return `jsonb_object(array[${names.map(quoteLiteral).join(', ')}]::text[], array[${values.join(', ')}]::text[])`;
}

/** SQL whose binary form the target column takes as it is; null where the value must be computed. */
export function passThroughSql(
  name: string,
  source: ColumnType,
  target: SqlType,
  timeZone: string,
): string | null {
  const column = columnSql(name);
  const reshaped = reshapedSql(column, source, target);
  if (reshaped !== null) return reshaped;
  const from = effectiveName(source);
  if (from === null) return textual(source) && TEXT.has(target.name) ? `${column}::text` : null;
  // with the modifier of the type under it: a plain `bit` would be one bit
  const base = source.kind === 'domain' ? `${column}::${source.base?.sql ?? source.of}` : column;
  if (from === target.name) return sameType(source, target) ? base : null;
  const widened = INTEGER_RANK[target.name];
  if (widened !== undefined && (INTEGER_RANK[from] ?? 9) < widened) return `${column}::${target.name}`;
  if (from === 'float4' && target.name === 'float8') return `${column}::float8`;
  if (TEXT.has(target.name)) return TEXT_LIKE.has(from) ? base : `${column}::text`;
  if (
    from === 'timestamp' &&
    target.name === 'timestamptz' &&
    (target.scale === null || target.scale === 6)
  ) {
    // In UTC both hold the same microseconds; another zone is a conversion that the source does exactly.
    return timeZone === 'UTC' ? base : `(${column} at time zone '${timeZone.replaceAll("'", "''")}')`;
  }
  return null;
}

/**
 * Values made of parts take a form that every server has: rows and pairs as JSON by their names, lists as lists of
 * texts (item by item, since not every type separates its items by commas).
 */
function reshapedSql(column: string, source: ColumnType, target: SqlType): string | null {
  const under = source.element ?? source.base ?? source;
  const named = under.kind === 'composite' || (under.name === 'hstore' && under.schema !== 'pg_catalog');
  if (target.name === 'jsonb' && named && !source.textOnly) return `to_jsonb(${column})`;
  if (source.element === undefined) {
    const amount = under.name === 'money' && under.schema === 'pg_catalog' && target.name === 'numeric';
    return amount && target.length === null ? `${column}::numeric` : null;
  }
  if (target.name === '_text' && source.element.name !== 'text') return `${column}::text[]`;
  if (target.name === '_numeric' && under.name === 'money' && target.length === null)
    return `${column}::numeric[]`;
  return listOfDomainsSql(column, source, source.element, target);
}

/** Items whose domain is taken off are those of a plain list, where its rules are no narrower. */
function listOfDomainsSql(
  column: string,
  source: ColumnType,
  item: TypeUnder,
  target: SqlType,
): string | null {
  const name = `_${item.name}`;
  const ofDomains = source.kind === 'array' && source.of !== item.name && item.schema === 'pg_catalog';
  if (!ofDomains || !STABLE.has(item.name) || target.name !== name) return null;
  return sameType({ ...source, name }, target) ? `${column}::${name}` : null;
}

/** The length a text value must keep to, or null where it cannot be exceeded. */
export function lengthLimit(source: ColumnType, target: SqlType): number | null {
  if (target.length === null || (target.name !== 'varchar' && target.name !== 'bpchar')) return null;
  const sourceLimit = ['varchar', 'bpchar'].includes(source.name) ? source.length : null;
  return sourceLimit !== null && sourceLimit <= target.length ? null : target.length;
}

/** Name of the type whose binary form a column has on the wire; null where that form is not stable. */
function effectiveName(type: ColumnType): string | null {
  const name = type.kind === 'domain' ? type.of : type.name;
  if (name === null) return null;
  if (name === 'citext') return name;
  const { schema } = type.kind === 'domain' ? (type.base ?? { schema: 'pg_catalog' }) : type;
  if (schema !== 'pg_catalog') return null;
  const element = name.startsWith('_') ? name.slice(1) : name;
  return STABLE.has(element) ? name : null;
}

/** True for a type of the server's own whose values mean the same on every server. */
export function isStable(name: string): boolean {
  return STABLE.has(name) && name !== 'citext';
}

/** True where the server's own schema has the type's operators; enums and what is made of other types use its own too. */
export function isBuiltIn(type: ColumnType): boolean {
  if (type.kind === 'domain') {
    const own = type.base === undefined || type.base.schema === 'pg_catalog';
    return own && type.of !== null && isStable(type.of.replace(/^_/, ''));
  }
  return type.kind !== 'base' || type.schema === 'pg_catalog';
}

function textual(type: ColumnType): boolean {
  return type.kind !== 'composite' && type.kind !== 'pseudo';
}

/** Same name is not yet the same type: modifiers may be narrower on the target's side. */
function sameType(source: ColumnType, target: SqlType): boolean {
  const name = target.name.replace(/^_/, '');
  if (name === 'numeric') {
    if (target.length === null) return true;
    if (source.length === null) return false;
    return source.scale === target.scale && source.length <= target.length;
  }
  if (/^(time|timetz|timestamp|timestamptz|interval)$/.test(name)) {
    return target.scale === null || target.scale === 6 || source.scale === target.scale;
  }
  if (/^(bit|varbit|bpchar)$/.test(name)) return source.length === target.length;
  return true;
}
