/** zod's issues in plain words, with the name that was probably meant. */
import type { z } from 'zod';
import type { PlanFinding, PlanPath } from './finding.ts';
import { namedPath } from './named-path.ts';
import { nearest } from './nearest.ts';
import { planColumn, planEntity, planFile, transform } from './plan-file.ts';

export type Located = Omit<PlanFinding, 'line'> & { readonly at: PlanPath };

const KEYS: readonly (readonly string[])[] = [
  Object.keys(planEntity.shape),
  Object.keys(planColumn.shape),
  Object.keys(planFile.shape),
  ...transform.options.map((option) => Object.keys(option.shape)),
  [
    'maxFailureRate',
    'timeZone',
    'schema',
    'table',
    'create',
    'database',
    'schemas',
    'fingerprint',
    'columns',
    'kind',
    'min',
    'max',
    'currency',
    'month',
  ],
];
const TRANSFORMS = transform.options.map((option) => option.shape.kind.value);

export function issueFinding(issue: z.core.$ZodIssue, value: unknown, above: PlanPath = []): Located[] {
  const at: PlanPath = [...above, ...issue.path.filter((step) => typeof step !== 'symbol')];
  const place = { at, path: namedPath(at, value), severity: 'error' as const };
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const meant = nearest(key, KEYS.flat());
        return {
          at: [...at, key],
          path: namedPath([...at, key], value),
          severity: 'error',
          message: `There is no setting named ${key}.`,
          hint: meant ? `Did you mean ${meant}?` : 'Take it out.',
        };
      });
    case 'invalid_union':
      return unionFindings(issue, value, at);
    case 'invalid_value':
      return [
        {
          ...place,
          message: `This must be one of ${issue.values.map(String).join(', ')}.`,
          hint: meantValue(at, value, issue.values.map(String)),
        },
      ];
    case 'invalid_type': {
      const found = valueAt(at, value);
      if (found === undefined)
        return [{ ...place, message: 'This is missing.', hint: `It must be ${kindWords(issue.expected)}.` }];
      return [
        {
          ...place,
          message: `This must be ${kindWords(issue.expected)}.`,
          hint: `It is ${kindWords(kindOf(found))}.`,
        },
      ];
    }
    default:
      return [{ ...place, message: `${sentence(issue.message)}`, hint: 'Correct the value.' }];
  }
}

/** A transform is one or a list: speak of the form the person used. */
function unionFindings(issue: z.core.$ZodIssueInvalidUnion, value: unknown, at: PlanPath): Located[] {
  const place = { at, path: namedPath(at, value), severity: 'error' as const };
  const found = valueAt(at, value);
  if ('discriminator' in issue && issue.discriminator === 'kind') return unknownTransform(found, place);
  const fitting = issue.errors.find(
    (errors) => !errors.some((error) => error.path.length === 0 && error.code === 'invalid_type'),
  );
  if (!fitting)
    return [
      {
        ...place,
        message: 'This must be a transform or a list of transforms.',
        hint: 'For example: { kind: copy }',
      },
    ];
  return fitting.flatMap((inner) => issueFinding(inner, value, at));
}

function unknownTransform(found: unknown, place: Omit<Located, 'message' | 'hint'>): Located[] {
  const kind = typeof found === 'string' ? found : (found as { kind?: unknown } | null)?.kind;
  if (typeof kind !== 'string')
    return [{ ...place, message: 'A transform needs its kind.', hint: `Kinds: ${TRANSFORMS.join(', ')}.` }];
  const meant = nearest(kind, TRANSFORMS);
  return [
    {
      ...place,
      message: `There is no transform named ${kind}.`,
      hint: meant ? `Did you mean ${meant}?` : `Kinds: ${TRANSFORMS.join(', ')}.`,
    },
  ];
}

function meantValue(at: PlanPath, value: unknown, options: readonly string[]): string {
  const found = valueAt(at, value);
  const meant = typeof found === 'string' ? nearest(found, options) : null;
  return meant ? `Did you mean ${meant}?` : 'Choose one of them.';
}

function valueAt(path: PlanPath, value: unknown): unknown {
  let at = value;
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a block of settings',
  record: 'a block of settings',
  null: 'empty',
};

function kindWords(kind: string): string {
  return WORDS[kind] ?? kind;
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return start.endsWith('.') ? start : `${start}.`;
}
