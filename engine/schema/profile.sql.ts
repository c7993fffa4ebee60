/**
 * One statement per table that looks at one bounded sample and aggregates in the server: values never leave it,
 * except the smallest and largest of numbers and times, and the values of columns that look like codes.
 *
 * Sampling: tables of up to the limit are read whole. Up to 2 000 pages a row sample (`bernoulli`) is cheap and unbiased.
 * Beyond that a page sample (`system`) of at least 30 pages reads no more than it must. `repeatable` makes it the same
 * sample each time. Wide tables take several statements, each over the same sample.
 *
 * No value is read beyond its first 1 000 characters (`substr` fetches only that part of a long value from 13 on, `left`
 * and `length` would fetch all of it), so a cell of 50 MB costs what a short one does.
 */
import { quoteIdentifier } from '../db/quote.ts';
import type { ColumnType, Pattern, Table } from './catalog.ts';
import { ownRowsSql } from './own-rows.sql.ts';
import { looksLikeSql, PATTERNS, SEEN_CHARACTERS } from './patterns.ts';

export type ProfileClass = 'number' | 'time' | 'text' | 'word' | 'opaque';

export interface ProfileColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** The server compares every aggregate with all before it: 400 columns took 10 s to plan, 200 took 1.5 s, 60 take 0.1 s. */
export const COLUMNS_PER_STATEMENT = 60;
export const MOST_CODES = 40;
/** Longer texts are measured without being read: their size stands beside the pointer to where they are kept. */
const MOST_BYTES_COUNTED = 8000;
/** Values looked at per table, so that a table of 1 600 columns costs no more than one of 200. */
const MOST_VALUES = 400_000;
const FEWEST_ROWS = 200;

/** Rows of the sample of a table with so many columns. */
export function sampleLimit(wanted: number, columns: number): number {
  return Math.min(wanted, Math.max(FEWEST_ROWS, Math.floor(MOST_VALUES / Math.max(1, columns))));
}

const CLASSES: Readonly<Record<string, ProfileClass>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  date: 'time',
  time: 'time',
  timetz: 'time',
  timestamp: 'time',
  timestamptz: 'time',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  citext: 'text',
  name: 'text',
  bool: 'word',
  uuid: 'word',
  char: 'word',
};

export function profileClass(type: ColumnType): ProfileClass {
  if (type.kind === 'enum') return 'word';
  if (type.kind === 'domain') return CLASSES[type.of ?? ''] ?? 'opaque';
  return type.kind === 'base' ? (CLASSES[type.name] ?? 'opaque') : 'opaque';
}

export interface SampleSize {
  readonly limit: number;
  /** Expected rows, exact or guessed from the pages. */
  readonly rows: number;
  readonly pages: number;
}

type RowsOf = Pick<Table, 'schema' | 'name' | 'kind'>;

/** The `from` part that yields the bounded sample. */
export function sampleClause(table: RowsOf, size: SampleSize): string {
  const from = ownRowsSql(table);
  if (size.rows <= size.limit * 0.9 || size.pages <= 8) return from;
  const share = (100 * size.limit) / size.rows;
  if (size.pages <= 2000) return `${from} tablesample bernoulli (${percent(share)}) repeatable (1)`;
  return `${from} tablesample system (${percent(Math.max(share, 3000 / size.pages))}) repeatable (1)`;
}

function percent(value: number): string {
  return Math.min(100, value).toFixed(6);
}

/** Result: `sampled` and, per column, a text array `c0`, `c1`, … in the order of `ProfileField`. */
export function profileSql(table: RowsOf, columns: readonly ProfileColumn[], size: SampleSize): string {
  const values = columns.flatMap((column, i) => sampledValue(column, i));
  const results = columns.map((column, i) => `array[${aggregates(column, i).join(', ')}]::text[] as c${i}`);
  return `
    with sampled as (select ${['1 as one', ...values].join(', ')} from ${sampleClause(table, size)} limit ${size.limit})
    select count(*)::int as sampled${results.length > 0 ? `, ${results.join(', ')}` : ''} from sampled`;
}

function sampledValue(column: ProfileColumn, i: number): string[] {
  const name = quoteIdentifier(column.name);
  switch (profileClass(column.type)) {
    case 'number':
    case 'time':
      return [`${name} as v${i}`];
    case 'text':
      return [
        `substr(${name}::text, 1, ${SEEN_CHARACTERS}) as v${i}`,
        `case when octet_length(${name}::text) > ${MOST_BYTES_COUNTED} then octet_length(${name}::text) else length(${name}::text) end as l${i}`,
      ];
    case 'word':
      return [`${name}::text as v${i}`];
    default:
      return [`case when ${name} is null then null else 1 end as v${i}`];
  }
}

/** present, distinct, min, max, p90, p99, longest, codes, then one count per pattern. */
function aggregates(column: ProfileColumn, i: number): string[] {
  const v = `v${i}`;
  const kind = profileClass(column.type);
  const storage = column.type.of ?? column.type.name;
  const size = kind === 'text' ? `l${i}` : storage === 'numeric' && kind === 'number' ? `scale(${v})` : null;
  const ordered = kind === 'number' || kind === 'time';
  const base = [
    `count(${v})::text`,
    kind === 'opaque' ? 'null' : `count(distinct ${v})::text`,
    ordered ? `min(${v})::text` : 'null',
    ordered ? `max(${v})::text` : 'null',
    size ? `(percentile_disc(0.9) within group (order by ${size}))::text` : 'null',
    size ? `(percentile_disc(0.99) within group (order by ${size}))::text` : 'null',
    kind === 'text' ? `max(l${i})::text` : 'null',
    mayHoldCodes(kind, storage) ? codes(v) : 'null',
  ];
  if (kind !== 'text') return base;
  return [
    ...base,
    ...(Object.keys(PATTERNS) as Pattern[]).map(
      (pattern) => `(count(*) filter (where ${looksLikeSql(pattern, v, `l${i}`)}))::text`,
    ),
  ];
}

function mayHoldCodes(kind: ProfileClass, storage: string): boolean {
  return kind === 'text' || kind === 'word' || storage === 'int2' || storage === 'int4' || storage === 'int8';
}

function codes(v: string): string {
  return `(select jsonb_agg(jsonb_build_array(q.v, q.n) order by q.n desc, q.v)::text
             from (select left(${v}::text, 41) as v, count(*) as n from sampled
                    where ${v} is not null group by 1 order by 2 desc, 1 limit ${MOST_CODES + 1}) q)`;
}
