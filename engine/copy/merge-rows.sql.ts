/** Statements of one batch over rows that the target held before. `STAGED` holds what the old system says of them. */
import { foreignRowSql } from '../control/transaction-store.sql.ts';
import { quoteIdentifier, quoteLiteral, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';

export const MERGE_STAGING = { schema: 'pg_temp', name: 'towpath_merge' } as const;
const STAGED = 'pg_temp.towpath_merge';

/** A column of a table that was there before. */
export interface ExistingColumn {
  readonly name: string;
  /** As `format_type` prints it. */
  readonly type: string;
  /** Computed by the server, or an identity that takes no value: neither set nor given back. */
  readonly fixed: boolean;
}

/** $1 quoted name of the table */
export const existingColumnsSql = `
  select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
    (a.attgenerated <> '' or a.attidentity = 'a') as fixed
  from pg_attribute a where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`;

function rowTexts(columns: readonly ExistingColumn[]): string {
  const names = columns.map(({ name }) => quoteLiteral(name)).join(', ');
  const values = columns.map(({ name }) => `t.${quoteIdentifier(name)}::text`).join(', ');
  return `jsonb_object(array[${names}]::text[], array[${values}]::text[])`;
}

/** Digest of a row as it is; columns that somebody adds later make it another. */
function rowDigestSql(columns: readonly ExistingColumn[]): string {
  return `md5(${rowTexts(columns)}::text)`;
}

/** Keeps what the rows are before they change, and locks them. $1 run, $2 entity, $3 batch */
export function keepImagesSql(target: TableName, columns: readonly ExistingColumn[]): string {
  return `insert into towpath.before_images (run_id, entity, batch_id, new_id, image)
    select $1, $2, $3, t.id, ${rowTexts(columns)} from ${quoteTable(target)} t
    where t.id in (select id from ${STAGED}) for update of t`;
}

/** `set`: columns to give the old system's values; notes among them are put beside those that are there. */
export function updateMergedSql(
  target: TableName,
  set: readonly string[],
  joined: ReadonlySet<string>,
): string {
  const list = set
    .map(
      (name) =>
        `${quoteIdentifier(name)} = ${joined.has(name) ? joinedNotesSql(name) : `s.${quoteIdentifier(name)}`}`,
    )
    .join(', ');
  return `update ${quoteTable(target)} t set ${list} from ${STAGED} s where t.id = s.id`;
}

/** Notes of a row `t` with those of `s`; what is no object has no place for more and stays as it is. */
export function joinedNotesSql(column: string): string {
  const name = quoteIdentifier(column);
  const there = `coalesce(t.${name}, '{}')`;
  return `case when jsonb_typeof(${there}) = 'object' then ${there} || s.${name} else t.${name} end`;
}

/** Remembers how the run left the rows. $1 run, $2 entity, $3 ids */
export function keepDigestsSql(target: TableName, columns: readonly ExistingColumn[]): string {
  return `update towpath.before_images b set after = ${rowDigestSql(columns)} from ${quoteTable(target)} t
    where b.run_id = $1 and b.entity = $2 and b.new_id = t.id and t.id = any($3::uuid[])`;
}

/** Ids of the staged rows. */
export const stagedIdsSql = `select id::text as id from ${STAGED}`;

/** Rows that were there when they were matched and have been deleted since: they arrive as any other. */
export function insertGoneSql(target: TableName, columns: readonly string[]): string {
  const list = columns.map(quoteIdentifier).join(', ');
  const values = columns.map((name) => `s.${quoteIdentifier(name)}`).join(', ');
  return `insert into ${quoteTable(target)} (${list}) overriding system value select ${values} from ${STAGED} s
    where not exists (select 1 from ${quoteTable(target)} t where t.id = s.id) returning id::text as id`;
}

/** Those that the target no longer holds. $1 ids */
export function goneIdsSql(target: TableName): string {
  return `select u.id::text as id from unnest($1::uuid[]) u (id)
    where not exists (select 1 from ${quoteTable(target)} t where t.id = u.id)`;
}

/** $1 batch, $2 ids */
export function dropPairsSql(pairs: TableName): string {
  return `delete from ${quoteTable(pairs)} where batch_id = $1 and new_id = any($2::uuid[])`;
}

/** $1 batch, $2 ids */
export function unmarkPairsSql(pairs: TableName): string {
  return `update ${quoteTable(pairs)} set merged = null where batch_id = $1 and new_id = any($2::uuid[])`;
}

const ofRows =
  'case when $3::uuid[] is null then b.batch_id = any($4::int[]) else b.new_id = any($3::uuid[]) end';

/** $1 run, $2 entity, $3 ids, or null for all of $4 batches */
export const forgetRestoredSql = `delete from towpath.before_images b
  where b.run_id = $1 and b.entity = $2 and ${ofRows} returning b.new_id::text as id, b.batch_id as "batchId", b.image`;

/**
 * True of a row that somebody has changed since the run did: another transaction than the run's wrote it last, and it is not
 * what the run left either.
 */
function changedSince(columns: readonly ExistingColumn[]): string {
  return `(${foreignRowSql('t')} and b.after is distinct from ${rowDigestSql(columns)})`;
}

/**
 * Gives rows back what they were before the run changed them, except those that somebody has changed since, unless that is
 * asked for. Columns that were added later keep their values.
 * $1 run, $2 entity, $3 ids, or null for all of $4 batches
 */
export function restoreImagesSql(
  target: TableName,
  columns: readonly ExistingColumn[],
  force: boolean,
): string {
  const set = columns
    .filter(({ fixed, name }) => !fixed && name !== 'id')
    .map(({ name, type }) => {
      const key = quoteLiteral(name);
      return `${quoteIdentifier(name)} = case when b.image ? ${key} then (b.image ->> ${key})::${type} else t.${quoteIdentifier(name)} end`;
    })
    .join(', ');
  return `update ${quoteTable(target)} t set ${set} from towpath.before_images b
    where b.run_id = $1 and b.entity = $2 and b.new_id = t.id and ${force ? 'true' : `not ${changedSince(columns)}`}
      and ${ofRows}
    returning t.id::text as id`;
}

/** Rows that were there before and that restoring would leave as others have changed them, or that others deleted. $1 run, $2 entity */
export function changedImagesSql(
  target: TableName,
  pairs: TableName,
  columns: readonly ExistingColumn[],
): string {
  return `select b.new_id::text as id, coalesce(p.legacy_id, '') as "legacyId" from towpath.before_images b
    left join ${quoteTable(target)} t on t.id = b.new_id
    left join ${quoteTable(pairs)} p on p.new_id = b.new_id and p.batch_id = b.batch_id
    where b.run_id = $1 and b.entity = $2 and (t.id is null or ${changedSince(columns)}) order by 1`;
}
