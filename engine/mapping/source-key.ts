/**
 * How rows of a source table are known and ordered.
 *
 * One key column: its own value. Several: a JSON array of their values, `[3, "add_case"]`, which no other key can
 * print. None: the MD5 of the row's text and its ordinal among equal rows, `9f86…-1`; that needs a sort of the whole
 * table, so such a table is one batch.
 */
import { quoteTable } from '../db/quote.ts';
import type { PlanEntity } from '../plan/plan-file.ts';
import type { Table } from '../schema/catalog.ts';
import { columnSql } from './pass-through.ts';

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

export const CONTENT_KEY = 'towpath_content_key';

export function keyShape(entity: PlanEntity, table: Table): KeyShape {
  const names = entity.key.columns;
  const relation = quoteTable(table);
  if (names.length === 0) return contentKey(entity, relation);
  const from =
    entity.where === undefined ? `${relation} t` : `(select * from ${relation} t where (${entity.where})) t`;
  const items = names.map(columnSql);
  if (names.length > 1) {
    const text = `jsonb_build_array(${items.join(', ')})::text`;
    return { fieldSql: text, textSql: text, integer: false, keyset: items, from };
  }
  const [item] = items as [string];
  const integer = entity.key.kind === 'integer';
  return {
    fieldSql: integer ? item : `${item}::text`,
    textSql: `${item}::text`,
    integer,
    keyset: items,
    from,
  };
}

function contentKey(entity: PlanEntity, relation: string): KeyShape {
  const where = entity.where === undefined ? '' : ` where (${entity.where})`;
  const numbered = `select t.*, md5(t::text) as towpath_row, row_number() over (partition by md5(t::text)) as towpath_ordinal from ${relation} t${where}`;
  const keep = entity.dedupe ? ' where n.towpath_ordinal = 1' : '';
  const from = `(select n.*, n.towpath_row || '-' || n.towpath_ordinal as ${CONTENT_KEY} from (${numbered}) n${keep}) t`;
  const item = `t.${CONTENT_KEY}`;
  return { fieldSql: item, textSql: item, integer: false, keyset: [], from };
}
