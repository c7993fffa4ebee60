/** For each transform a value that fits and one that does not, and what a column makes of either. */

interface TransformCase {
  /** Source type, a value that fits, and one that does not. */
  readonly from: string;
  readonly good: string;
  readonly bad: string | null;
  /** Target type, and what the good one becomes as text; a pattern where it is secret. */
  readonly type: string;
  readonly becomes: string | RegExp;
  readonly transform: unknown;
  readonly default: string;
  /** For types that are no text, what the row with key 7 gets. */
  readonly placeholder?: readonly [string, string];
  /** The value is made of another column, not of its own. */
  readonly sourceless?: true;
}

const moment = {
  default: '1970-01-01 00:00:00+00',
  placeholder: ['1900-01-01', '1900-01-01 00:00:00+00'],
} as const;
const word = { from: 'text', type: 'text', default: 'none' } as const;

export const cases: Readonly<Record<string, TransformCase>> = {
  cast: {
    from: 'text',
    good: '12',
    bad: 'a dozen',
    type: 'integer',
    becomes: '12',
    transform: { kind: 'cast' },
    default: '0',
    placeholder: ['-{key}', '-7'],
  },
  length: {
    ...word,
    good: ' abc ',
    bad: 'abcdefghijklmnop',
    type: 'character varying(12)',
    becomes: 'abc',
    transform: { kind: 'trim' },
  },
  choice: {
    from: 'integer',
    good: '1',
    bad: '9',
    type: 'text',
    becomes: 'open',
    transform: { kind: 'choice', map: { 1: 'open' } },
    default: 'none',
  },
  boolean: {
    from: 'text',
    good: 'Y',
    bad: '?',
    type: 'boolean',
    becomes: 'true',
    transform: { kind: 'boolean', true: ['y'], false: ['n'] },
    default: 'false',
    placeholder: ['false', 'false'],
  },
  zone: {
    from: 'text',
    good: '2020-07-01 12:00',
    bad: 'noon',
    type: 'timestamp with time zone',
    becomes: '2020-07-01 10:00:00+00',
    transform: { kind: 'time-zone', zone: 'Europe/Berlin' },
    ...moment,
  },
  clock: {
    from: 'timestamp',
    good: '2020-07-01 12:00',
    bad: null,
    type: 'timestamp with time zone',
    becomes: '2020-07-01 10:00:00+00',
    transform: { kind: 'time-zone', zone: 'Europe/Berlin' },
    ...moment,
  },
  epoch: {
    from: 'numeric',
    good: '1584356461.5',
    bad: '0.12345678',
    type: 'timestamp with time zone',
    becomes: '2020-03-16 11:01:01.5+00',
    transform: { kind: 'epoch' },
    ...moment,
  },
  json: {
    from: 'text',
    good: '{"b":1,"a":1.0}',
    bad: '"\\u0000"',
    type: 'jsonb',
    becomes: '{"a": 1.0, "b": 1}',
    transform: { kind: 'json' },
    default: '{}',
    placeholder: ['{"was": "{key}"}', '{"was": "7"}'],
  },
  money: {
    from: 'text',
    good: '1.234,5 €',
    bad: '1.5',
    type: 'numeric(12,2)',
    becomes: '1234.50',
    transform: { kind: 'money', scale: 2, point: ',', thousands: '.', signs: ['€'] },
    default: '0',
    placeholder: ['0', '0.00'],
  },
  email: {
    ...word,
    good: ' Ada@Example.com',
    bad: 'bob@',
    becomes: 'ada@example.com',
    transform: { kind: 'email', onMalformed: 'misfit' },
  },
  phone: {
    ...word,
    good: '030 123456',
    bad: '12',
    becomes: '+4930123456',
    transform: { kind: 'phone', country: 'DE' },
  },
  split: {
    ...word,
    good: 'Ada Lovelace',
    bad: 'Plato',
    becomes: 'Lovelace',
    transform: { kind: 'split', separator: ' ', part: 2, missing: 'misfit' },
  },
  replace: {
    from: 'text',
    good: '24.12.1985',
    bad: '1985',
    type: 'date',
    becomes: '1985-12-24',
    transform: {
      kind: 'replace',
      pattern: '^(\\d\\d)\\.(\\d\\d)\\.(\\d{4})$',
      with: '$3-$2-$1',
      noMatch: 'misfit',
    },
    default: '1900-01-01',
    placeholder: ['1901-01-01', '1901-01-01'],
  },
  domain: {
    ...word,
    good: 'ada@example.com',
    bad: 'bob',
    becomes: /^[0-9a-f]{16}@example\.com$/,
    transform: { kind: 'mask', style: 'keep-domain' },
  },
  year: {
    from: 'text',
    good: '1985-12-24',
    bad: 'long ago',
    type: 'integer',
    becomes: '1985',
    transform: { kind: 'mask', style: 'year-only' },
    default: '0',
    placeholder: ['0', '0'],
  },
  list: {
    from: 'text',
    good: '1; 2',
    bad: '1;x',
    type: 'integer[]',
    becomes: '{1,2}',
    transform: { kind: 'array', separator: ';', each: { kind: 'trim' } },
    default: '{}',
    placeholder: ['{-{key}}', '{-7}'],
  },
  lookup: {
    ...word,
    good: 'DE',
    bad: 'XX',
    becomes: 'germany',
    transform: [
      { kind: 'lookup', table: { schema: 'public', table: 'country' }, column: 'name' },
      { kind: 'lower' },
    ],
  },
  template: {
    ...word,
    good: 'x',
    bad: null,
    becomes: '<x>',
    transform: { kind: 'template', text: '<{template}>', ifNull: 'misfit' },
    sourceless: true,
  },
  range: {
    from: 'integer',
    good: '5',
    bad: '50',
    type: 'integer',
    becomes: '5',
    transform: { kind: 'copy' },
    default: '1',
    placeholder: ['9', '9'],
  },
};
/** They take any value. */
export const others: readonly (readonly [string, string, unknown, string | RegExp])[] = [
  ['upper', 'text', [{ kind: 'trim' }, { kind: 'upper' }], 'ADA@EXAMPLE.COM'],
  [
    'hashed',
    'text',
    [{ kind: 'trim' }, { kind: 'lower' }, { kind: 'hash' }],
    'b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72',
  ],
  ['keyed', 'text', { kind: 'hash', keyed: true }, /^[0-9a-f]{64}$/],
  ['redacted', 'text', { kind: 'mask', style: 'redact' }, '***'],
  ['fake', 'text', { kind: 'mask', style: 'fake', as: 'name' }, /^[A-Z][a-z]+ [A-Z][a-z]+$/],
  [
    'fixed',
    'text',
    [{ kind: 'email' }, { kind: 'empty-to-null' }, { kind: 'default', value: 'x' }],
    'ada@example.com',
  ],
];
