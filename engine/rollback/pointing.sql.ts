/** Which rows of a run others still need: statements over the foreign keys that point to its tables. */
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';

/** $1 quoted name of a table: foreign keys that point to it, both ends' columns as names. */
export const pointingKeysSql = `
  select k.conname::text as name, n.nspname::text as schema, c.relname::text as table,
    (select json_agg(a.attname order by n.n) from unnest(k.conkey) with ordinality n(num, n)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num) as columns,
    (select json_agg(a.attname order by n.n) from unnest(k.confkey) with ordinality n(num, n)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num) as "parentColumns"
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype = 'f' and k.confrelid = to_regclass($1) and k.conparentid = 0`;

/** A foreign key of the target, or a reference of the plan that has none there. */
export interface Edge {
  readonly name: string;
  readonly child: TableName;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
}

function pointsTo({ columns, parentColumns }: Edge): string {
  return columns
    .map((column, i) => `c.${quoteIdentifier(column)} = t.${quoteIdentifier(parentColumns[i]!)}`)
    .join(' and ');
}

const batchesOf = (entity: string) =>
  `select batch_id from towpath.batch_processing_status where run_id = $1 and entity = ${entity}`;

/**
 * Rows of the run to which rows that stay point. The child's own rows of the run go as well, or become again what they were,
 * except those that were found to stay. `childPairs` null: no row of the child goes.
 * $1 run, $2 entity; with `childPairs` $3 the child's entity, $4 ids of its rows that stay, $5 ids that are left as changed
 */
export function pointedAtSql(
  parent: { readonly table: TableName; readonly pairs: TableName },
  edge: Edge,
  childPairs: TableName | null,
): string {
  const stays =
    childPairs === null
      ? ''
      : `and (c.id = any($4::uuid[]) or not exists (select from ${quoteTable(childPairs)} o
          where o.new_id = c.id and o.merged is null and o.batch_id in (${batchesOf('$3')})))
        and (c.id = any($5::uuid[]) or not exists (select from towpath.before_images b
          where b.run_id = $1 and b.entity = $3 and b.new_id = c.id))`;
  return `${pointedHead(parent, edge)} ${stays}`;
}

/** The same, asked of certain rows of the child alone. $1 run, $2 entity, $3 their ids */
export function pointedAtByRowsSql(
  parent: { readonly table: TableName; readonly pairs: TableName },
  edge: Edge,
): string {
  return `${pointedHead(parent, edge)} and c.id = any($3::uuid[])`;
}

function pointedHead(
  { table, pairs }: { readonly table: TableName; readonly pairs: TableName },
  edge: Edge,
): string {
  return `select distinct t.id::text as id, p.legacy_id as "legacyId" from ${quoteTable(pairs)} p
    join ${quoteTable(table)} t on t.id = p.new_id
    join ${quoteTable(edge.child)} c on ${pointsTo(edge)}
    where p.merged is null and p.batch_id in (${batchesOf('$2')})`;
}

/**
 * True where a row that is not to be deleted points to one that is; asked in the transaction that deletes.
 * $1 batches, $2 run, $3 entity
 */
export function stillPointedAtSql(table: TableName, pairs: TableName, edge: Edge, self: boolean): string {
  const gone = `select new_id from ${quoteTable(pairs)} m where merged is null and batch_id = any($1::int[])
    and not exists (select from towpath.left_rows l where l.run_id = $2 and l.entity = $3 and l.new_id = m.new_id)`;
  // rows of the run that point to each other all go
  const others = self ? `and c.id not in (select new_id from ${quoteTable(pairs)} where merged is null)` : '';
  return `select exists (select 1 from ${quoteTable(table)} t join ${quoteTable(edge.child)} c on ${pointsTo(edge)}
    where t.id in (${gone}) ${others}) as pointed`;
}
