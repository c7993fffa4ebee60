/** Statements that find which old rows the target holds already, by equal values of natural-key columns. */
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import { LEGACY_KEY } from '../mapping/source-key.ts';
import type { TableName } from '../schema/catalog.ts';

const STAGED = 'pg_temp.towpath_match';
export const MATCH_STAGING = { schema: 'pg_temp', name: 'towpath_match' } as const;

const key = quoteIdentifier(LEGACY_KEY);

/**
 * `columns`: of the natural key. What travels as text is staged as text, so that a value that its type refuses costs nothing
 * here. Gone with the transaction.
 */
export function createMatchSql(
  target: TableName,
  columns: readonly string[],
  wire: 'binary' | 'text',
): string {
  const cast = wire === 'text' ? '::text' : '';
  const list = columns
    .map((name) => `t.${quoteIdentifier(name)}${cast} as ${quoteIdentifier(name)}`)
    .join(', ');
  return `create temp table towpath_match on commit drop as
    select ''::text collate "C" as ${key}, ${list} from ${quoteTable(target)} t with no data`;
}

export interface KeyColumn {
  readonly name: string;
  /** Compared without regard to case. */
  readonly folded: boolean;
}

/**
 * $1 number of the entity. A row that fits several rows of the target, or fits one that an earlier row has taken, gets no
 * id: nobody has said which one is meant. Rows that Towpath itself brought do not count.
 */
export function keepMatchesSql(
  target: TableName,
  pairs: TableName,
  columns: readonly KeyColumn[],
  wire: 'binary' | 'text',
): string {
  const cast = wire === 'text' ? '::text' : '';
  const same = columns.map(({ name, folded }) => {
    const [ours, theirs] = [`s.${quoteIdentifier(name)}`, `t.${quoteIdentifier(name)}`];
    return folded ? `lower(${theirs}::text) = lower(${ours}::text)` : `${theirs}${cast} = ${ours}`;
  });
  return `insert into towpath.kept_ids (entity_no, legacy_id, new_id)
    select $1::smallint, legacy_id, case when bool_and(fits = 1 and place = 1) then (array_agg(id))[1] end
    from (
      select s.${key} as legacy_id, t.id, count(*) over (partition by s.${key}) as fits,
        row_number() over (partition by t.id order by length(s.${key}), s.${key} collate "C") as place
      from ${STAGED} s join ${quoteTable(target)} t on ${same.join(' and ')}
      where not exists (select 1 from ${quoteTable(pairs)} m where m.new_id = t.id)) found
    group by legacy_id`;
}
