/**
 * Which rows-as-values keep everything when they become JSON. json itself does not (it may hold what jsonb refuses), nor
 * does a type that an extension turns into JSON its own way; both may stand deep inside.
 */
import type { ColumnType, DomainType, EnumType } from './catalog.ts';
import type { CompositeRow } from './objects/types.sql.ts';
import { tableKey } from './table-key.ts';

export interface JsonForms {
  /** True for a composite type, or a list of them, that must be kept as text. */
  refuses(type: ColumnType): boolean;
}

export function createJsonForms(
  composites: readonly CompositeRow[],
  enums: readonly EnumType[],
  domains: readonly DomainType[],
): JsonForms {
  const rows = new Map(composites.map((row) => [tableKey(row), row]));
  const plain = new Set([
    ...enums.map(tableKey),
    ...domains.filter((domain) => isPlainBase(domain.baseType, enums)).map(tableKey),
  ]);
  const answers = new Map<string, boolean>();
  const isSafe = (schema: string, name: string): boolean => {
    if (schema === 'pg_catalog') return name !== 'json';
    const key = tableKey({ schema, name });
    const known = answers.get(key);
    if (known !== undefined) return known;
    const row = rows.get(key);
    const safe = plain.has(key) || (row?.fields.every((f) => isSafe(f.itemSchema, f.itemName)) ?? false);
    answers.set(key, safe);
    return safe;
  };
  return {
    refuses(type) {
      const under = type.element ?? type.base ?? type;
      return under.kind === 'composite' && !isSafe(under.schema, under.name);
    },
  };
}

/** A type of the server's own, as `format_type` prints those: without a schema; or an enum. */
function isPlainBase(printed: string, enums: readonly EnumType[]): boolean {
  if (/^json(\[\])*$/.test(printed)) return false;
  return (
    SERVERS_OWN.test(printed) ||
    enums.some((item) => [item.name, `${item.schema}.${item.name}`].includes(printed.replaceAll('"', '')))
  );
}

const SERVERS_OWN =
  /^(smallint|integer|bigint|numeric|real|double|text|character|boolean|date|time|timestamp|interval|uuid|bytea|jsonb|inet|cidr|macaddr)/;
