/** The target type of a source column: the same where Supabase has it, else the nearest that loses nothing. */
import type { Transform } from '../plan/plan-file.ts';
import type { Catalog, Column, ColumnType, TableName } from '../schema/catalog.ts';
import { isStable } from './pass-through.ts';

export type TypeSuggestion =
  | {
      readonly kind: 'column';
      readonly type: string;
      readonly transform: Transform;
      readonly confidence: number;
      readonly reason: string;
      /** Values of an enumeration, which the target keeps as a check. */
      readonly labels?: readonly string[];
    }
  /** No type of the target holds it: its text goes to metadata. */
  | { readonly kind: 'metadata'; readonly reason: string };

const COPY: Transform = { kind: 'copy' };
const CAST: Transform = { kind: 'cast' };

/** Types of the server's own inner life, kept by their text or number. */
const INNER_TYPES: Readonly<Record<string, string>> = {
  name: 'text',
  char: 'text',
  oid: 'bigint',
  xid: 'text',
  xid8: 'text',
  cid: 'text',
  tid: 'text',
  pg_lsn: 'text',
  regclass: 'text',
  regtype: 'text',
  regproc: 'text',
  regprocedure: 'text',
  regrole: 'text',
  regnamespace: 'text',
  aclitem: 'text',
  txid_snapshot: 'text',
  pg_snapshot: 'text',
};

export function suggestType(
  column: Column,
  catalog: Pick<Catalog, 'enums' | 'domains'>,
  timeZone: string,
): TypeSuggestion {
  const { type } = column;
  switch (type.kind) {
    case 'base':
      return baseType(type.name, type.schema, type.sql, timeZone);
    case 'enum':
      return words(
        catalog.enums.find((item) => item.schema === type.schema && item.name === type.name)?.labels ?? [],
        type.name,
      );
    case 'domain':
      return domainType(type, catalog, timeZone);
    case 'array':
      return arrayType(type, catalog);
    case 'range':
    case 'multirange':
      return type.schema === 'pg_catalog'
        ? { kind: 'column', type: type.sql, transform: COPY, confidence: 1, reason: 'same type' }
        : { kind: 'metadata', reason: `the type ${type.sql} is the old database's own` };
    default:
      return { kind: 'metadata', reason: `the type ${type.sql} is the old database's own` };
  }
}

function words(labels: readonly string[], name: string): TypeSuggestion {
  const reason = `words of the type ${name}, checked`;
  return { kind: 'column', type: 'text', transform: CAST, confidence: 0.97, reason, labels };
}

function baseType(name: string, schema: string, sql: string, timeZone: string): TypeSuggestion {
  const column = (
    type: string,
    transform: Transform,
    confidence: number,
    reason: string,
  ): TypeSuggestion => ({
    kind: 'column',
    type,
    transform,
    confidence,
    reason,
  });
  if (name === 'citext')
    return column('text', CAST, 0.9, 'text that ignored case; comparisons by the new system heed it');
  if (name === 'ltree') return column('text', CAST, 0.85, 'path of labels, as text');
  if (schema !== 'pg_catalog') return { kind: 'metadata', reason: `the type ${sql} comes from an extension` };
  const inner = Object.hasOwn(INNER_TYPES, name) ? INNER_TYPES[name] : undefined;
  if (inner !== undefined) return column(inner, CAST, 0.9, `the server's inner type ${sql}, as ${inner}`);
  if (name === 'timestamp') {
    const transform: Transform = { kind: 'time-zone', zone: timeZone };
    return column('timestamp with time zone', transform, 0.9, `a clock without a zone, read as ${timeZone}`);
  }
  if (name === 'json')
    return column(
      'jsonb',
      { kind: 'json' },
      0.95,
      'JSON in the form that can be searched; it keeps neither the order of keys nor a key that stands twice, and a text with \\u0000 is set aside',
    );
  if (name === 'money')
    return column(
      sql,
      COPY,
      0.8,
      'same type; how many digits it has is the setting lc_monetary of each server',
    );
  if (sql === 'character varying') return column('text', COPY, 1, 'text of any length');
  return column(sql, COPY, 1, 'same type');
}

function domainType(
  type: ColumnType,
  catalog: Pick<Catalog, 'domains' | 'enums'>,
  timeZone: string,
): TypeSuggestion {
  const domain = catalog.domains.find((item) => item.schema === type.schema && item.name === type.name);
  const base = type.of;
  if (!domain || base === null || base.startsWith('_'))
    return { kind: 'metadata', reason: `the type ${type.sql} is the old database's own` };
  const under = catalog.domains.find((item) => isNamed(item, domain.baseType))?.baseType ?? domain.baseType;
  const list = catalog.enums.find((item) => isNamed(item, under));
  if (list) return words(list.labels, type.name);
  const known = isStable(base) || Object.hasOwn(INNER_TYPES, base) || base === 'citext' || base === 'ltree';
  if (!known) return { kind: 'metadata', reason: `the type ${type.sql} is the old database's own` };
  const found = baseType(base, 'pg_catalog', under, timeZone);
  return found.kind === 'column'
    ? { ...found, confidence: Math.min(found.confidence, 0.95), reason: `${found.reason} (${type.name})` }
    : found;
}

/** Whether `format_type` means this type; it quotes odd names and leaves out a schema on the search path. */
function isNamed(item: TableName, printed: string): boolean {
  const plain = printed.replaceAll('"', '');
  return plain === item.name || plain === `${item.schema}.${item.name}`;
}

function arrayType(type: ColumnType, catalog: Pick<Catalog, 'enums'>): TypeSuggestion {
  if (type.schema === 'pg_catalog' && !isStable(type.of ?? '')) {
    return {
      kind: 'column',
      type: 'text[]',
      transform: CAST,
      confidence: 0.9,
      reason: `list of the server's inner type ${type.of}, as text`,
    };
  }
  if (type.schema === 'pg_catalog')
    return { kind: 'column', type: type.sql, transform: COPY, confidence: 1, reason: 'same type' };
  if (catalog.enums.some((item) => item.name === type.of)) {
    return {
      kind: 'column',
      type: 'text[]',
      transform: CAST,
      confidence: 0.9,
      reason: `list of words of the type ${type.of}`,
    };
  }
  return { kind: 'metadata', reason: `the type ${type.sql} is the old database's own` };
}
