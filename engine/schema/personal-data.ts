/**
 * Probable personal data, from the column's name, its table's name and what the sample looks like. A hint for masking, never
 * a promise: a name counts 0.85, a name that the values bear out 0.99, values alone as much as their shape is worth.
 */
import type { ColumnType, Pattern, PersonalData } from './catalog.ts';
import { PERSONAL_NAMES, PERSONAL_SHAPES, TABLES_OF_PEOPLE } from './personal-rules.ts';
import { singularOf, wordsOf } from './words.ts';

const TEXT = new Set(['text', 'varchar', 'bpchar', 'citext', 'name']);
const DATES = new Set(['date', 'timestamp', 'timestamptz']);

const NETWORK = /^(inet|cidr|macaddr8?)$/;
/** When a token runs out, and whether one is needed, gives none away. */
const NO_SECRET = /^(bool|date|time|timetz|timestamp|timestamptz|interval)$/;

/** From this share on the values bear a name out. */
const BORNE_OUT = 0.5;

export function personalDataOf(
  name: string,
  type: ColumnType,
  patterns: Readonly<Partial<Record<Pattern, number>>>,
  table = '',
): PersonalData | null {
  const storage = type.kind === 'domain' ? (type.of ?? type.name) : type.name;
  const isText = TEXT.has(storage);
  const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  for (const { kind, pattern, types, shapes } of PERSONAL_NAMES) {
    if (!pattern.test(plain)) continue;
    if (types === 'text' && !isText && !(kind === 'online' && NETWORK.test(storage))) continue;
    if (kind === 'secret' && NO_SECRET.test(storage)) continue;
    if (kind === 'birth-date' && !isText && !DATES.has(storage)) continue;
    const seen = Math.max(0, ...shapes.map((shape) => patterns[shape] ?? 0));
    return { kind, confidence: seen >= BORNE_OUT ? 0.99 : 0.85 };
  }
  return isText ? (byPlace(plain, table, patterns) ?? byShape(patterns)) : null;
}

/** `name` in a table of people is a person's; in any other it is what a thing is called. */
function byPlace(
  column: string,
  table: string,
  patterns: Readonly<Partial<Record<Pattern, number>>>,
): PersonalData | null {
  if (!/^(name|nom|nombre|nome|naam|display_name|label_name)$/.test(column)) return null;
  const last = wordsOf(table).map(singularOf).at(-1);
  if (last === undefined || !TABLES_OF_PEOPLE.has(last)) return null;
  return { kind: 'name', confidence: (patterns.name ?? 0) >= BORNE_OUT ? 0.95 : 0.75 };
}

function byShape(patterns: Readonly<Partial<Record<Pattern, number>>>): PersonalData | null {
  for (const { kind, shape, from, confidence } of PERSONAL_SHAPES) {
    if ((patterns[shape] ?? 0) >= from) return { kind, confidence };
  }
  return null;
}
