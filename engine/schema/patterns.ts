/**
 * What values in text look like, as regular expressions of PostgreSQL, in the order in which their counts come back. Each
 * has a guard that costs nearly nothing, because the server builds its automaton anew for every value that it compares.
 * They see the first 1 000 characters of a value. A hint for suggestions and masking, never a promise: a shape says what a
 * value could be, not what it is.
 *
 * Letters beyond ASCII are written as escapes, so that they mean the same in every encoding and collation.
 */
import type { Pattern } from './catalog.ts';

/** Longest text that the patterns see. */
export const SEEN_CHARACTERS = 1000;

interface Shape {
  readonly regex: string;
  /** Condition over the value `$v` and its number of characters `$l`. */
  readonly guard?: string;
}

/** Much cheaper than asking a regular expression. */
const HAS_DIGIT = `translate($v, '0123456789', '') <> $v`;

const UPPER = 'A-Z\\u00C0-\\u00D6\\u00D8-\\u00DE\\u0100-\\u017F\\u0391-\\u03A9\\u0410-\\u042F';
const LOWER = 'a-z\\u00DF-\\u00F6\\u00F8-\\u00FF\\u0100-\\u017F\\u03AC-\\u03CE\\u0430-\\u044F';
const WORD = `[${UPPER}][${LOWER}]*(['\\u2019-][${UPPER}${LOWER}]+)*`;
const PARTICLE = '(van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu)';

const STREET_BEFORE =
  '(street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|square|sq|place|pl|terrace|close|crescent|highway|hwy|parkway|pkwy|row|mews)';
const STREET_AFTER =
  '(rue|avenue|boulevard|place|via|viale|piazza|calle|avenida|plaza|paseo|rua|travessa|ulica|ul\\.)';
const STREET_GLUED =
  '(stra(\\u00DF|ss)e|str\\.|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|plein|gatan|v\\u00E4gen|vej|gade|katu)';

export const PATTERNS: Readonly<Record<Pattern, Shape>> = {
  email: { regex: '^\\s*[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\s*$', guard: `strpos($v, '@') > 0` },
  phone: {
    regex:
      '^\\s*(?![0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}\\s*$)(?![0-9]{1,3}([.][0-9]{1,3}){3}\\s*$)(?![0-9]+[.][0-9]+\\s*$)' +
      '(\\+|00)?[0-9(][0-9 ()/.\\-]{5,22}[0-9]( ?(x|ext[.]?) ?[0-9]{1,5})?\\s*$',
    guard: '$l between 7 and 40',
  },
  money: {
    regex:
      "^\\s*(?![0-9]{1,3}([.][0-9]{1,3}){3}\\s*$)[(]?([$\\u20AC\\u00A3\\u00A5]|[A-Z]{3} )?\\s*-?[0-9]{1,3}([ ,.']?[0-9]{3})*[.,][0-9]{2}\\s*([$\\u20AC\\u00A3\\u00A5]|[A-Z]{3})?[)]?\\s*$",
    guard: '$l between 4 and 40',
  },
  json: {
    regex: '^\\s*([{]\\s*("|[}])|\\[\\s*(\\]|["{\\[]|-?[0-9]|true|false|null))',
    guard: `left(ltrim($v, E' \\t\\r\\n'), 1) in ('{', '[') and ($l > ${SEEN_CHARACTERS} or right(rtrim($v, E' \\t\\r\\n'), 1) in ('}', ']'))`,
  },
  url: { regex: '^\\s*(https?|ftp)://\\S+$', guard: `strpos($v, '://') > 0` },
  date: {
    regex:
      '^\\s*[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}([ T][0-9:.]+ ?(Z|[+-][0-9:]+)?)?\\s*$|^\\s*[0-9]{1,2}[./-][0-9]{1,2}[./-]([0-9]{2}|[0-9]{4})\\s*$' +
      '|^\\s*[0-9]{1,2}[ -][A-Z][a-z]{2,8}[ -][0-9]{2,4}\\s*$|^\\s*[A-Z][a-z]{2,8} [0-9]{1,2}, [0-9]{4}\\s*$',
    guard: `$l between 6 and 45 and ${HAS_DIGIT}`,
  },
  uuid: {
    regex: '^\\s*[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\\s*$',
    guard: '$l between 32 and 45',
  },
  'boolean-word': {
    regex: '^\\s*([tTfFyYnN]|true|false|yes|no|on|off|TRUE|FALSE|YES|NO|True|False|Yes|No)\\s*$',
    guard: '$l between 1 and 12',
  },
  number: { regex: '^\\s*[-+]?([0-9]+([.][0-9]+)?|[.][0-9]+)\\s*$', guard: '$l between 1 and 45' },
  base64: {
    regex:
      '^(data:[a-z]+/[a-z0-9.+-]+;base64,.*|(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9+/])([A-Za-z0-9+/]{4}){6,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$',
    guard: `$l >= 24 and strpos($v, ' ') = 0`,
  },
  name: {
    regex: `^\\s*((Dr|Prof|Mr|Mrs|Ms)[.]? )*${WORD},?( [${UPPER}][.]| ${PARTICLE}| ${WORD}){1,4}\\s*$`,
    guard: `$l between 4 and 60 and strpos($v, ' ') > 0`,
  },
  address: {
    regex:
      `(?i)^\\s*[0-9]{1,5}[a-z]?,? ([^0-9,]+ )${STREET_BEFORE}([.,\\s].*)?$|^\\s*[0-9]{0,5},?\\s*${STREET_AFTER} \\S.*[0-9].*$|` +
      `^\\s*[0-9]{1,5}[a-z]?,? ${STREET_AFTER} \\S.*$|^\\s*[^0-9]*${STREET_GLUED} [0-9]{1,5}\\s?[a-z]?([,\\s].*)?$`,
    guard: `$l between 7 and 120 and ${HAS_DIGIT}`,
  },
  'national-id': {
    regex:
      // US and Canada, UK, Spain, Italy, France, Finland, Nordic, Brazil, Switzerland, India, Chile.
      '^\\s*([0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{3}[ -][0-9]{3}[ -][0-9]{3}|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]|' +
      '[0-9]{8}-?[TRWAGMYFPDXBNJZSQVHLCKE]|[XYZ]-?[0-9]{7}-?[TRWAGMYFPDXBNJZSQVHLCKE]|[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]|' +
      '[12] ?[0-9]{2} ?(0[1-9]|1[0-2]) ?(2[AB]|[0-9]{2}) ?[0-9]{3} ?[0-9]{3}( ?[0-9]{2})?|(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}[-+A][0-9]{3}[0-9A-Y]|' +
      '([0-9]{2})?[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[-+][0-9]{4}|[0-9]{3}[.][0-9]{3}[.][0-9]{3}-[0-9]{2}|756[.][0-9]{4}[.][0-9]{4}[.][0-9]{2}|' +
      '[2-9][0-9]{3} [0-9]{4} [0-9]{4}|[0-9]{1,2}[.][0-9]{3}[.][0-9]{3}-[0-9kK])\\s*$',
    guard: '$l between 9 and 24',
  },
  iban: {
    regex: '^\\s*[A-Z]{2}[0-9]{2} ?([A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}\\s*$',
    guard: '$l between 15 and 45',
  },
  card: {
    regex:
      '^\\s*[3-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{3,4}\\s*$|^\\s*3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}\\s*$',
    guard: '$l between 15 and 24',
  },
  ip: {
    regex:
      '^\\s*([0-9]{1,3}([.][0-9]{1,3}){3}|(?=[0-9A-Fa-f]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:]+)(/[0-9]{1,3})?\\s*$',
    guard: '$l between 2 and 50',
  },
  blank: { regex: '^\\s*$', guard: '$l < 1000' },
};

/** Whether the value looks like the pattern, as an expression of PostgreSQL that is true, false or null. */
export function looksLikeSql(pattern: Pattern, value: string, characters: string): string {
  const { regex, guard = 'true' } = PATTERNS[pattern];
  const filled = guard.replaceAll('$v', value).replaceAll('$l', characters);
  return `case when ${filled} then ${value} ~ '${regex.replaceAll("'", "''")}' else false end`;
}
