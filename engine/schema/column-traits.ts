/**
 * What a column is beside its type, read from its profile: empty throughout, always the same, a yes or no in disguise, a code
 * without a list, something else written as text, a clock without a zone. All of it holds for the rows that were looked
 * at; `whole` says whether those were all.
 */
import type { Column, ColumnProfile, Pattern, Table } from './catalog.ts';

export type ColumnTrait = { readonly whole: boolean } & (
  | { readonly kind: 'unused' }
  | { readonly kind: 'constant' }
  | { readonly kind: 'flag'; readonly values: number }
  | { readonly kind: 'enumeration'; readonly values: number; readonly explained: Explanation | null }
  | { readonly kind: 'written-as-text'; readonly what: WrittenAs; readonly share: number }
  | { readonly kind: 'clock'; readonly hoursAhead: number | null }
);
type Explanation = 'comment' | 'check';
export type WrittenAs = 'money' | 'json' | 'date' | 'number' | 'uuid' | 'base64' | 'url';

/** Fewer rows make everything constant. */
const FEWEST_ROWS = 20;
/** From this share on a text is what its values look like. */
const MOSTLY = 0.95;
const MOST_NUMBERS = 20;
const WRITTEN: readonly WrittenAs[] = ['json', 'uuid', 'date', 'money', 'number', 'base64', 'url'];

export function traitsOf(table: Table, column: Column, takenAt: string): ColumnTrait[] {
  const { profile } = column;
  if (!profile || profile.sampledRows === 0) return clockOf(column, takenAt);
  const whole = profile.distinctIsExact;
  const isKey = [table.primaryKey, ...table.uniques, ...table.foreignKeys].some((key) =>
    key?.columns.includes(column.name),
  );
  if (profile.nullRate === 1 || profile.patterns.blank === 1) return [{ kind: 'unused', whole }];
  const enough = profile.sampledRows >= FEWEST_ROWS;
  if (profile.distinct === 1 && profile.nullRate === 0 && enough && !isKey)
    return [{ kind: 'constant', whole }, ...clockOf(column, takenAt)];
  const coded = isKey || !enough ? null : codeTrait(table, column, profile);
  return [...(coded ? [coded] : writtenAs(column, profile)), ...clockOf(column, takenAt)];
}

function codeTrait(table: Table, column: Column, profile: ColumnProfile): ColumnTrait | null {
  const { codes, distinctIsExact: whole } = profile;
  const storage = column.type.of ?? column.type.name;
  const integer = /^int[248]$/.test(storage);
  const text = /^(text|varchar|bpchar|citext|char)$/.test(storage);
  if (!codes || codes.length < 2 || column.type.kind === 'enum' || !(integer || text)) return null;
  if (isFlag(codes, integer, profile)) return { kind: 'flag', values: codes.length, whole };
  if (integer && (codes.length > MOST_NUMBERS || COUNTS.test(column.name.toLowerCase()))) return null;
  return { kind: 'enumeration', values: codes.length, explained: explanationOf(table, column), whole };
}

/** Numbers of this name are amounts, however few there are. */
const COUNTS =
  /(count|quantity|qty|amount|number|num|total|sum|size|length|width|height|weight|age|year|month|day|hour|minute|second|score|rating|position|order|sort|rank|index|version|percent|rate|duration|days|hours|minutes|max|min|limit|attempts|retries|capacity|floor|seats)/;

function isFlag(
  codes: NonNullable<ColumnProfile['codes']>,
  integer: boolean,
  profile: ColumnProfile,
): boolean {
  if (codes.length !== 2) return false;
  if (integer) return codes.every(({ value }) => value === '0' || value === '1');
  return (profile.patterns['boolean-word'] ?? 0) === 1;
}

/** A comment that lists `0=new, 1=open`, or a check that lists the values. */
function explanationOf(table: Table, column: Column): Explanation | null {
  if (/\w+\s*(=>|=|:|–|->)\s*\S.*[,;\n]\s*\w+\s*(=>|=|:|–|->)/.test(column.comment ?? '')) return 'comment';
  const listed = table.checks.some(
    ({ columns, definition }) =>
      columns?.length === 1 && columns[0] === column.name && /= any|\bin \(|\bor\b/i.test(definition),
  );
  return listed ? 'check' : null;
}

function writtenAs({ type }: Column, { patterns, distinctIsExact: whole }: ColumnProfile): ColumnTrait[] {
  if (!/^(text|varchar|bpchar|citext)$/.test(type.of ?? type.name) || type.kind === 'array') return [];
  const blank = patterns.blank ?? 0;
  for (const what of WRITTEN) {
    const share = patterns[what as Pattern] ?? 0;
    if (share > 0 && share + blank >= MOSTLY) return [{ kind: 'written-as-text', what, share, whole }];
  }
  return [];
}

/** When a row was made or changed is never in the future, unless the clock of the old system ran ahead of UTC. */
const PAST = /(creat|insert|updat|modif|chang|last_login|date_joined|registered|logged|sent_at)/i;
const LEAST_AHEAD_MS = 20 * 60_000;
const MOST_AHEAD_MS = 15 * 3_600_000;

function clockOf({ name, type, profile }: Column, takenAt: string): ColumnTrait[] {
  if ((type.kind === 'domain' ? type.of : type.name) !== 'timestamp') return [];
  const whole = profile?.distinctIsExact ?? false;
  return [
    { kind: 'clock', hoursAhead: PAST.test(name) ? aheadOf(profile?.max ?? null, takenAt) : null, whole },
  ];
}

function aheadOf(newest: string | null, takenAt: string): number | null {
  const ahead =
    newest === null ? Number.NaN : Date.parse(`${newest.replace(' ', 'T')}Z`) - Date.parse(takenAt);
  if (!(ahead >= LEAST_AHEAD_MS && ahead <= MOST_AHEAD_MS)) return null;
  return Math.round(ahead / 1_800_000) / 2;
}
