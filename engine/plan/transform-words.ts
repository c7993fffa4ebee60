/** What transforms do to a value, in words for people; none of the values that they hold is told. */
import type { Transform } from './plan-file.ts';

type Kind = Transform['kind'];
type Words = { readonly [K in Kind]: (step: Extract<Transform, { kind: K }>) => string };

const WORDS: Words = {
  copy: () => 'stays as it is',
  cast: () => 'gets another type',
  trim: () => 'loses spaces at its ends',
  lower: () => 'becomes lower case',
  upper: () => 'becomes upper case',
  'empty-to-null': () => 'is empty where the text is',
  default: () => 'gets a standard value where it is empty',
  constant: () => 'is the same for all',
  choice: ({ map }) => `becomes one of ${Object.keys(map).length} words`,
  boolean: () => 'becomes yes or no',
  'time-zone': ({ zone }) => `is read as ${zone} time`,
  epoch: () => 'becomes a date and time',
  json: () => 'becomes structured data',
  money: ({ scale }) => `keeps ${scale} digits after the point, never rounded`,
  email: ({ onMalformed }) =>
    onMalformed === 'misfit' ? 'becomes a valid address' : 'becomes a valid address, or a placeholder',
  phone: () => 'becomes an international telephone number',
  template: () => 'is put together from several old fields',
  split: ({ part, fromEnd, rest }) =>
    `becomes part ${part}${fromEnd ? ' from the end' : ''}${rest ? (fromEnd ? ' and what stands before it' : ' and what follows') : ''}`,
  replace: () => 'has parts of its text replaced',
  hash: ({ keyed }) =>
    keyed ? 'becomes a code that nobody can turn back or guess' : 'becomes a code that nobody can turn back',
  mask: ({ style }) => MASKED[style],
  array: ({ each }) => `is a list, each item of which ${transformWords(Array.isArray(each) ? each : [each])}`,
  lookup: ({ column, entity, table }) =>
    `takes ${words(column)} from ${words(entity ?? table?.table ?? 'another table')}`,
  uuid: () => 'is the new permanent number',
  reference: ({ entity }) => `points at ${words(entity)}`,
  polymorphic: ({ entities }) => `points at ${[...new Set(Object.values(entities))].map(words).join(' or ')}`,
  metadata: () => 'holds what has no field of its own',
  code: ({ file }) => (file === undefined ? 'is worked out by code' : `is worked out by the code in ${file}`),
};

const MASKED = {
  redact: 'is blacked out',
  'keep-domain': 'keeps only the domain of the address',
  fake: 'is replaced by a made-up value, the same each time',
  'year-only': 'keeps only the year',
} as const;

/** `loses spaces at its ends, becomes lower case` */
export function transformWords(steps: readonly Transform[]): string {
  return steps.map((step) => (WORDS[step.kind] as (step: Transform) => string)(step)).join(', ');
}

function words(entity: string): string {
  return entity.replaceAll('_', ' ');
}
