/** Statements that damage a scratch copy on purpose, and put it right again. */
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';

export interface DamagedTable {
  readonly schema: string;
  readonly table: string;
  /** Column of the new id. */
  readonly idColumn: string;
  /** Columns that the plan fills, the id left out. */
  readonly columns: readonly string[];
}

const tableOf = ({ schema, table }: DamagedTable) => quoteTable({ schema, name: table });
const idOf = ({ idColumn }: DamagedTable) => quoteIdentifier(idColumn);
const listOf = (columns: readonly string[]) => columns.map(quoteIdentifier).join(', ');

/** $1: how many rows to pass over. */
export function idAtSql(of: DamagedTable): string {
  return `select ${idOf(of)}::text as id from ${tableOf(of)} order by 1 offset $1 limit 1`;
}

export function countSql(of: DamagedTable): string {
  return `select count(*)::float8 as rows from ${tableOf(of)}`;
}

/** A copy of one row, so that it can be put back. $1: id */
export function saveRowSql(of: DamagedTable): string {
  return `create temp table saved_row as select ${listOf([of.idColumn, ...of.columns])} from ${tableOf(of)} where ${idOf(of)} = $1::uuid`;
}

export const forgetRowSql = 'drop table if exists pg_temp.saved_row';

/** $1: id */
export function deleteRowSql(of: DamagedTable): string {
  return `delete from ${tableOf(of)} where ${idOf(of)} = $1::uuid`;
}

export function putBackSql(of: DamagedTable): string {
  const columns = listOf([of.idColumn, ...of.columns]);
  return `insert into ${tableOf(of)} (${columns}) select ${columns} from pg_temp.saved_row`;
}

/** $1: id of the row, $2: id of its double. `unique`: columns that may not hold a value twice. */
export function doubleRowSql(of: DamagedTable, unique: readonly UniqueColumn[]): string {
  const columns = listOf(of.columns);
  const values = of.columns.map((name) => {
    const found = unique.find((column) => column.name === name);
    return found === undefined ? quoteIdentifier(name) : elseWhere(found);
  });
  return `insert into ${tableOf(of)} (${idOf(of)}, ${columns}) select $2::uuid, ${values.join(', ')} from ${tableOf(of)} where ${idOf(of)} = $1::uuid`;
}

export interface UniqueColumn {
  readonly name: string;
  readonly nullable: boolean;
  readonly kind: string;
}

/** A value that is not there yet, where one can be made. */
function elseWhere({ name, nullable, kind }: UniqueColumn): string {
  if (nullable) return 'null';
  if (kind === 'S') return `${quoteIdentifier(name)} || ' again'`;
  return kind === 'N' ? `${quoteIdentifier(name)} + 1000000000` : quoteIdentifier(name);
}

/** $1: schema, $2: table */
export const uniqueColumnsSql = `select distinct attname::text as name, not attnotnull as nullable, typcategory::text as kind
  from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey) join pg_type on pg_type.oid = atttypid
  where indrelid = format('%I.%I', $1::text, $2::text)::regclass and indisunique and not indisprimary`;

/** Column and type of what can be changed into another value of its type. $1: schema, $2: table, $3: columns */
export const changeableColumnsSql = `select attname::text as name, case typcategory when 'N' then 'number' when 'B' then 'boolean'
      when 'D' then 'time' else 'text' end as kind
  from pg_attribute join pg_type on pg_type.oid = atttypid
  where attrelid = format('%I.%I', $1::text, $2::text)::regclass and attnum > 0 and not attisdropped and attgenerated = ''
    and attname = any($3::text[]) and (typcategory in ('N', 'B', 'S') or typname in ('date', 'timestamp', 'timestamptz'))
    and not exists (select from pg_constraint where conrelid = attrelid and contype in ('f', 'p') and attnum = any(conkey))
  order by attnum`;

const otherValue: Readonly<Record<string, (name: string) => string>> = {
  number: (name) => `${name} + 1`,
  boolean: (name) => `not ${name}`,
  time: (name) => `${name} + interval '1 day'`,
  text: (name) => `case when ${name} like 'x%' then 'y' else 'x' end || substr(${name}, 2)`,
};

/** $1: id */
export function changeValueSql(of: DamagedTable, column: string, kind: string): string {
  const name = quoteIdentifier(column);
  return `update ${tableOf(of)} set ${name} = ${otherValue[kind]!(name)} where ${idOf(of)} = $1::uuid and ${name} is not null returning ${name}`;
}

export function restoreValueSql(of: DamagedTable, column: string): string {
  const name = quoteIdentifier(column);
  return `update ${tableOf(of)} t set ${name} = s.${name} from pg_temp.saved_row s where s.${idOf(of)} = t.${idOf(of)}`;
}

/** Two pairs of an entity exchange their new ids; done twice, all is as before. $1: entity number, $2 and $3: new ids */
export const swapPairsSql = `update towpath.mapping_pairs set new_id = case new_id when $2::uuid then $3::uuid else $2::uuid end
  where entity_no = $1 and new_id in ($2::uuid, $3::uuid) returning new_id`;
