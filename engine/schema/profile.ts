/** Turns the aggregates of one sample into column profiles. */
import type { Session } from '../db/database.ts';
import type { Column, ColumnProfile, Pattern, Table } from './catalog.ts';
import { PATTERNS } from './patterns.ts';
import { personalDataOf } from './personal-data.ts';
import {
  COLUMNS_PER_STATEMENT,
  MOST_CODES,
  type ProfileColumn,
  profileClass,
  profileSql,
  type SampleSize,
  sampleLimit,
} from './profile.sql.ts';

export type ProfileSource = Pick<Session, 'query'>;

/** Profiles by column name; one statement for every 60 columns. */
export async function profileTable(
  session: ProfileSource,
  table: Pick<Table, 'schema' | 'name' | 'kind'> & { readonly columns: readonly ProfileColumn[] },
  keyColumns: ReadonlySet<string>,
  wanted: SampleSize,
): Promise<ReadonlyMap<string, ColumnProfile>> {
  const size = { ...wanted, limit: sampleLimit(wanted.limit, table.columns.length) };
  const profiles = new Map<string, ColumnProfile>();
  for (let at = 0; at < table.columns.length; at += COLUMNS_PER_STATEMENT) {
    const columns = table.columns.slice(at, at + COLUMNS_PER_STATEMENT);
    const [row] = await session.query<Record<string, unknown>>(profileSql(table, columns, size));
    if (!row) continue;
    const whole = Number(row.sampled) < size.limit && size.rows <= size.limit * 0.9;
    columns.forEach((column, i) => {
      const fields = row[`c${i}`] as (string | null)[];
      profiles.set(
        column.name,
        readProfile(table.name, column, fields, {
          sampledRows: Number(row.sampled),
          whole,
          isKey: keyColumns.has(column.name),
        }),
      );
    });
  }
  return profiles;
}

interface Sampled {
  readonly sampledRows: number;
  readonly whole: boolean;
  readonly isKey: boolean;
}

function readProfile(
  table: string,
  column: ProfileColumn,
  fields: readonly (string | null)[],
  { sampledRows, whole, isKey }: Sampled,
): ColumnProfile {
  const [present, distinct, min, max, p90, p99, longest, codes] = fields;
  const count = Number(present ?? 0);
  const patterns = readPatterns(fields.slice(8), count);
  const personal = personalDataOf(column.name, column.type, patterns, table);
  return {
    sampledRows,
    nullRate: sampledRows === 0 ? 0 : round((sampledRows - count) / sampledRows),
    distinct: Number(distinct ?? 0),
    distinctIsExact: whole && profileClass(column.type) !== 'opaque',
    min: min ?? null,
    max: max ?? null,
    maxLength: longest == null ? null : Number(longest),
    usualSize: p90 == null || p99 == null ? null : { p90: Number(p90), p99: Number(p99) },
    patterns,
    codes:
      isKey || hides(personal?.kind) || showsPeople(column.name, patterns)
        ? null
        : readCodes(codes ?? null, count, column),
    personal,
  };
}

/** Values of these kinds are never kept, however few there are. */
function hides(kind: string | undefined): boolean {
  return kind !== undefined && kind !== 'other';
}

/** Addresses, numbers and full names are somebody's, however few they are; what a status is called is not. */
function showsPeople(column: string, patterns: ColumnProfile['patterns']): boolean {
  const share = (...of: Pattern[]) => Math.max(...of.map((pattern) => patterns[pattern] ?? 0));
  if (share('email', 'national-id', 'iban', 'card', 'address') > 0.05) return true;
  return share('name') >= 0.5 && !NAMED_LIKE_A_CODE.test(column.toLowerCase());
}

const NAMED_LIKE_A_CODE =
  /(status|state|stage|phase|type|kind|category|group|class|level|priority|role|mode|method|reason|result|outcome|country|region|department|title)/;

function readPatterns(counts: readonly (string | null)[], present: number): Partial<Record<Pattern, number>> {
  const patterns: Partial<Record<Pattern, number>> = {};
  if (present === 0) return patterns;
  (Object.keys(PATTERNS) as Pattern[]).forEach((pattern, i) => {
    const share = Number(counts[i] ?? 0) / present;
    if (share > 0) patterns[pattern] = round(share);
  });
  return patterns;
}

/** A column looks like a code when few short values repeat often. */
function readCodes(json: string | null, present: number, column: ProfileColumn): ColumnProfile['codes'] {
  if (json === null) return null;
  const pairs = JSON.parse(json) as [string, number][];
  const few = pairs.length <= MOST_CODES && pairs.every(([value]) => value.length <= 40);
  const bounded = column.type.kind === 'enum' || column.type.name === 'bool';
  const repeats = present >= pairs.length * 3 || pairs.length <= 3;
  if (!few || !(bounded || repeats)) return null;
  return pairs.map(([value, count]) => ({ value, count }));
}

function round(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}

/** Puts profiles into a table's columns. */
export function withProfiles(table: Table, profiles: ReadonlyMap<string, ColumnProfile>): Table {
  const columns: Column[] = table.columns.map((column) => ({
    ...column,
    profile: profiles.get(column.name) ?? null,
  }));
  return { ...table, columns };
}
