/**
 * How rows of a source table are known and ordered.
 *
 * One key column: its own value. Several: a JSON array of their values, `[3, "add_case"]`, which no other key can
 * print. None: the MD5 of the row's text and its ordinal among equal rows, `9f86…-1`; that needs a sort of the whole
 * table, so such a table is one batch.
 * `t.*`, never `t`: a column may be called like the alias and would be taken for the row.
 */
import { quoteIdentifier } from '../db/quote.ts';
import type { PlanEntity } from '../plan/plan-file.ts';
import type { Column, Table } from '../schema/catalog.ts';
import { ownRowsSql } from '../schema/own-rows.sql.ts';
import { columnSql, isBuiltIn } from './pass-through.ts';

/** A column of that name, without a source, holds the row's legacy key as text; for work beside the target's own columns. */
export const LEGACY_KEY = 'towpath legacy key';

export interface KeyShape {
  /** Field that the mapper reads the key from. */
  readonly fieldSql: string;
  /** The legacy key as text. */
  readonly textSql: string;
  /** True where `fieldSql` is a binary integer. */
  readonly integer: boolean;
  /** Items to order and range by; empty where the table is one batch. */
  readonly keyset: readonly string[];
  /** `"schema"."table" t`, or a subquery that adds the content key. */
  readonly from: string;
}

export function keyShape(entity: PlanEntity, table: Table): KeyShape {
  const names = entity.key.columns;
  const relation = ownRowsSql(table);
  if (names.length === 0) return contentKey(entity, table, relation);
  const from =
    entity.where === undefined ? `${relation} t` : `(select * from ${relation} t where (${entity.where})) t`;
  const keyset = names.map((name) =>
    orderItem(
      name,
      table.columns.find((column) => column.name === name),
    ),
  );
  const textSql = keyTextSql(names, 't');
  const integer = entity.key.kind === 'integer';
  const fieldSql = integer ? columnSql(names[0]!) : textSql;
  return { fieldSql, textSql, integer, keyset, from };
}

/** The legacy key of a row as text, over an alias. */
export function keyTextSql(names: readonly string[], alias: string): string {
  const items = names.map((name) => `${alias}.${quoteIdentifier(name)}`);
  return names.length > 1 ? `jsonb_build_array(${items.join(', ')})::text` : `${items[0]}::text`;
}

/**
 * What an extension's type is ordered by is found by the server's sort, but not by `>`, whose operator lies in a
 * schema off the search path: such a key is ordered by its text.
 */
function orderItem(name: string, column: Column | undefined): string {
  const item = columnSql(name);
  return column && !isBuiltIn(column.type) ? `(${item}::text collate "C")` : item;
}

function contentKey(entity: PlanEntity, table: Table, relation: string): KeyShape {
  const added = ['towpath_row', 'towpath_ordinal', 'towpath_content_key'].map((name) =>
    freeName(name, table),
  );
  const [row, ordinal, key] = added.map(quoteIdentifier) as [string, string, string];
  const where = entity.where === undefined ? '' : ` where (${entity.where})`;
  const hash = 'md5((t.*)::text)';
  const numbered = `select t.*, ${hash} as ${row}, row_number() over (partition by ${hash}) as ${ordinal} from ${relation} t${where}`;
  const keep = entity.dedupe === true ? ` where n.${ordinal} = 1` : '';
  const from = `(select n.*, n.${row} || '-' || n.${ordinal} as ${key} from (${numbered}) n${keep}) t`;
  const item = `t.${key}`;
  return { fieldSql: item, textSql: item, integer: false, keyset: [], from };
}

function freeName(wanted: string, table: Table): string {
  let name = wanted;
  while (table.columns.some((column) => column.name === name)) name = `${name}_`;
  return name;
}
