/** Probable personal data, from the column's name and what the sample looks like. A hint for masking, never a promise. */
import type { ColumnType, Pattern, PersonalData } from './catalog.ts';

type Rule = readonly [kind: PersonalData['kind'], name: RegExp, types: 'text' | 'date' | 'any'];

const RULES: readonly Rule[] = [
  [
    'secret',
    /(^|_)(password|passwd|passphrase|pwd|secret|token|api_?key|private_?key|otp|pin_?code|salt)(_|$)/,
    'any',
  ],
  ['birth-date', /(^|_)(birth_?date|date_of_birth|dob|birthday|born_on)(_|$)/, 'any'],
  ['email', /(^|_)(e_?mail)(_|$)/, 'text'],
  ['phone', /(^|_)(phone|mobile|fax|telephone|cell)(_|$)/, 'text'],
  [
    'name',
    /(^|_)(first_?name|last_?name|full_?name|surname|given_?name|family_?name|middle_?name|maiden_?name|user_?name|login|nick_?name)(_|$)/,
    'text',
  ],
  [
    'name',
    /(^|_)(patient|doctor|customer|client|contact|person|employee|student|author|owner|guest|member)_name$/,
    'text',
  ],
  ['address', /(^|_)(address|street|zip|postal_?code|postcode|city|house_?number)(_|$)/, 'text'],
  [
    'other',
    /(^|_)(ssn|national_?id|passport|iban|tax_?id|insurance_?(no|number|id)|license_?(no|number)|ip_?address|remote_?addr)(_|$)/,
    'any',
  ],
  ['other', /^(sex|gender|ethnicity|religion|marital_status)$/, 'any'],
  [
    'free-text',
    /(^|_)(note|notes|comment|comments|body|message|biography|bio|description|remarks?|instructions|memo)(_|$)/,
    'text',
  ],
];

const TEXT = new Set(['text', 'varchar', 'bpchar', 'citext', 'name']);
const DATES = new Set(['date', 'timestamp', 'timestamptz']);

export function personalDataOf(
  name: string,
  type: ColumnType,
  patterns: Readonly<Partial<Record<Pattern, number>>>,
): PersonalData | null {
  const storage = type.kind === 'domain' ? (type.of ?? type.name) : type.name;
  const isText = TEXT.has(storage);
  const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  for (const [kind, pattern, types] of RULES) {
    if (!pattern.test(plain)) continue;
    if (types === 'text' && !isText) continue;
    if (kind === 'birth-date' && !isText && !DATES.has(storage)) continue;
    const seen = kind === 'email' || kind === 'phone' ? (patterns[kind] ?? 0) : 0;
    return { kind, confidence: seen >= 0.5 ? 0.99 : 0.85 };
  }
  if (isText && (patterns.email ?? 0) >= 0.8) return { kind: 'email', confidence: 0.9 };
  return null;
}
