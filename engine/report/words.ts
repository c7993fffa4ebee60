/** Numbers and names as people read them, in English with grouped digits. */

const grouped = new Intl.NumberFormat('en-US');

export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 row`, `4,561 rows`, `1 entity`, `3 entities`. */
export function countOf(count: number, word: string, many = pluralOf(word)): string {
  return `${formatCount(count)} ${count === 1 ? word : many}`;
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** `case_files` → `Case files`. */
export function entityWords(entity: string): string {
  const words = entity.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What was approved: the plan, rows that were set aside, or rows that others wrote to. */
export function approvalWords(action: string): string {
  if (action === 'migrate') return 'The plan and the move';
  if (action === 'retry-quarantine') return 'Moving rows that were set aside after all';
  const [, kind, entity] = /^accept-(set-aside|foreign):(.+)$/.exec(action) ?? [];
  if (entity === undefined) return entityWords(action);
  return kind === 'foreign'
    ? `${entityWords(entity)}: go on with the rows as others have them`
    : `${entityWords(entity)}: go on without the rows that are set aside`;
}

/** `one`, `one and two`, `one, two and three`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `0.35 %`; never rounds a share that is not whole to 0 or 100. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.01) return 'under 0.01 %';
  if (part < whole && percent > 99.99) return 'over 99.99 %';
  return `${percent.toFixed(2).replace(/\.?0+$/, '')} %`;
}

/** `12 November 2026, 10:44 UTC`. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `0.4 s`, `38 s`, `4 min 5 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10_000) return `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A forecast, in seconds: `about 1 second`, `2 to 14 seconds`, `2 to 5 minutes`, `1 h 50 min to 3 h 5 min`. */
export function spanWords({ low, high }: { readonly low: number; readonly high: number }): string {
  const [least, most] = [Math.max(1, Math.floor(low)), Math.max(1, Math.ceil(high))];
  if (most < 120) return least === most ? `about ${countOf(most, 'second')}` : `${least} to ${most} seconds`;
  if (most < 7200) return `${Math.max(1, Math.floor(least / 60))} to ${Math.ceil(most / 60)} minutes`;
  return `${formatDuration(least * 1000)} to ${formatDuration(most * 1000)}`;
}

/** `512 bytes`, `3.4 MB` (decimal units). */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** A hash short enough to read aloud: its first twelve digits. */
export function shortHash(hash: string): string {
  return hash.length > 16 ? hash.slice(0, 12) : hash;
}

/** The share of what went wrong that no person had to look at, in one sentence. */
export function recoveryWords(of: {
  readonly recovered: number;
  readonly neededPerson: number;
  readonly share: string | null;
}): string {
  if (of.share === null) return 'Nothing went wrong on the way.';
  const all = of.recovered + of.neededPerson;
  return `Recovered automatically: ${of.share} (${formatCount(of.recovered)} of ${formatCount(all)}); ${formatCount(of.neededPerson)} needed a person.`;
}

/** Rows that the new system held before and that are the same as old ones. */
export function mergedWords({ kept, updated }: { readonly kept: number; readonly updated: number }): string {
  const parts = [
    ...(kept > 0 ? [`${countOf(kept, 'record')} kept as ${kept === 1 ? 'it was' : 'they were'}`] : []),
    ...(updated > 0 ? [`${countOf(updated, 'record')} given the old values`] : []),
  ];
  return parts.length === 0 ? 'none was there.' : `${parts.join(', ')}; all keep their id.`;
}

/** `, 3 the same record as another`: behind other counts of rows, and nothing where there are none. */
export function duplicateCount(rows: number): string {
  return rows === 0 ? '' : `, ${formatCount(rows)} the same record as another`;
}

/** Rows that are the same record as another, and what became of them. */
export function duplicateWords({
  rows,
  into,
  by,
}: {
  readonly rows: number;
  readonly into: number;
  readonly by: readonly string[];
}): string {
  if (rows === 0) return `no two rows have the same ${joinWords([...by])}.`;
  const led = into === rows ? 'another' : `one of ${formatCount(into)} others`;
  return `${countOf(rows, 'row')} ${rows === 1 ? 'is' : 'are'} the same record as ${rows === 1 ? 'another' : led} by ${joinWords([...by])}. A record moves once; every old number, and everything that refers to it, leads to that one.`;
}
