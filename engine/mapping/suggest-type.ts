/** The target type of a source column: the same where Supabase has it, else the nearest that loses nothing. */
import type { Transform } from '../plan/plan-file.ts';
import type { Catalog, Column, ColumnType, DomainType, TableName, TypeUnder } from '../schema/catalog.ts';
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

type Types = Pick<Catalog, 'enums' | 'domains'>;

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

export function suggestType(column: Column, catalog: Types, timeZone: string): TypeSuggestion {
  const { type } = column;
  if (type.kind !== 'domain') return typeOf(type, type, catalog, timeZone);
  const found = typeOf(baseOf(type, catalog.domains), type, catalog, timeZone);
  return found.kind === 'column'
    ? { ...found, confidence: Math.min(found.confidence, 0.95), reason: `${found.reason} (${type.name})` }
    : found;
}

/** `under` is what `type` is once domains are taken off. */
function typeOf(under: TypeUnder, type: ColumnType, catalog: Types, timeZone: string): TypeSuggestion {
  switch (under.kind) {
    case 'base':
      return baseType(under, timeZone);
    case 'enum':
      return words(under, catalog);
    case 'array':
      return listType(under, type, catalog);
    case 'range':
    case 'multirange':
      return under.schema === 'pg_catalog'
        ? column(under.sql, COPY, 1, 'same type')
        : column('text', CAST, 0.85, `span of the type ${under.sql}, as text`);
    case 'composite':
      return type.textOnly
        ? column('text', CAST, 0.8, `fields of the type ${under.sql}, as the text of a row`)
        : column('jsonb', CAST, 0.9, `fields of the type ${under.sql}, by their names`);
    default:
      return { kind: 'metadata', reason: `the type ${type.sql} is the old database's own` };
  }
}

function column(type: string, transform: Transform, confidence: number, reason: string): TypeSuggestion {
  return { kind: 'column', type, transform, confidence, reason };
}

function words({ schema, name }: TableName, { enums }: Types): TypeSuggestion {
  const labels = enums.find((item) => item.schema === schema && item.name === name)?.labels ?? [];
  const reason = `words of the type ${name}, checked`;
  return { kind: 'column', type: 'text', transform: CAST, confidence: 0.97, reason, labels };
}

function baseType({ name, schema, sql }: TypeUnder, timeZone: string): TypeSuggestion {
  if (name === 'citext')
    return column('text', CAST, 0.9, 'text that ignored case; comparisons by the new system heed it');
  if (name === 'ltree') return column('text', CAST, 0.85, 'path of labels, as text');
  if (schema !== 'pg_catalog') return fromExtension(name, sql);
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
    return column('numeric', CAST, 0.95, 'the exact amount; how money is read differs from server to server');
  if (sql === 'character varying') return column('text', COPY, 1, 'text of any length');
  return column(sql, COPY, 1, 'same type');
}

/** The new database need not have the extension, and its binary form may differ from version to version. */
function fromExtension(name: string, sql: string): TypeSuggestion {
  if (name === 'hstore') return column('jsonb', CAST, 0.95, 'pairs of names and values');
  return column(
    'text',
    CAST,
    0.75,
    `text of the type ${sql}, which an extension brings; it can be cast back`,
  );
}

function listType({ sql }: TypeUnder, type: ColumnType, catalog: Types): TypeSuggestion {
  const item = type.element ?? elementOf(type, catalog);
  const asText = (what: string) => column('text[]', CAST, 0.9, what);
  switch (item.kind) {
    case 'base':
      if (item.schema !== 'pg_catalog')
        return item.name === 'hstore'
          ? column('jsonb', CAST, 0.95, 'list of pairs of names and values')
          : asText(`list of the type ${item.sql}, which an extension brings, as text`);
      if (item.name === 'money') return column('numeric[]', CAST, 0.95, 'the exact amounts');
      if (!isStable(item.name)) return asText(`list of the server's inner type ${item.sql}, as text`);
      return type.kind === 'array' && type.schema === 'pg_catalog'
        ? column(type.sql, COPY, 1, 'same type')
        : column(`${item.sql}[]`, COPY, 0.95, `list of what ${sql} is made of`);
    case 'enum':
      return asText(`list of words of the type ${item.name}`);
    case 'range':
    case 'multirange':
      return item.schema === 'pg_catalog'
        ? column(`${item.sql}[]`, COPY, 1, 'same type')
        : asText(`list of spans of the type ${item.sql}, as text`);
    case 'composite':
      return type.textOnly
        ? asText(`list of rows of the type ${item.sql}, as text`)
        : column('jsonb', CAST, 0.9, `list of the type ${item.sql}, its fields by their names`);
    default:
      return { kind: 'metadata', reason: `the type ${type.sql} is the old database's own` };
  }
}

/** Catalogs of earlier versions say less: what a domain is made of stands with the domain only. */
function baseOf(type: ColumnType, domains: readonly DomainType[]): TypeUnder {
  if (type.base) return type.base;
  const own = domains.find((item) => item.schema === type.schema && item.name === type.name);
  return own && type.of !== null && !type.of.startsWith('_')
    ? { schema: 'pg_catalog', name: type.of, kind: isStable(type.of) ? 'base' : 'pseudo', sql: own.baseType }
    : { schema: type.schema, name: type.name, kind: 'pseudo', sql: type.sql };
}

function elementOf(type: ColumnType, { enums }: Types): TypeUnder {
  const name = type.of ?? '';
  const kind = enums.some((item) => item.name === name)
    ? 'enum'
    : type.schema === 'pg_catalog'
      ? 'base'
      : 'pseudo';
  return { schema: type.schema, name, kind, sql: type.sql.replace(/(\[\])+$/, '') };
}
