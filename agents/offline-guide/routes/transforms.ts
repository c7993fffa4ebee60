/** A field's rules with one more: nothing it did before is lost, and no rule stands twice. */
import type { z } from 'zod';
import type { mappingFacts } from '../../../engine/index.ts';

export type Transform = z.infer<typeof mappingFacts>['columns'][number]['transform'][number];

/** These make the value; text rules come before them. */
const makers = [
  'cast',
  'choice',
  'boolean',
  'time-zone',
  'epoch',
  'json',
  'money',
  'email',
  'phone',
  'template',
  'lookup',
  'array',
  'hash',
  'mask',
  'uuid',
  'reference',
  'polymorphic',
  'metadata',
  'constant',
];
const text = ['trim', 'lower', 'upper', 'empty-to-null'];

/** The new list, or in words why it cannot be. */
export function withTransform(before: readonly Transform[], wanted: Transform): Transform[] | string {
  const maker = before.find(({ kind }) => makers.includes(kind));
  if (wanted.kind === 'copy') {
    return before.every(({ kind }) => [...text, 'copy', 'default'].includes(kind))
      ? [wanted]
      : `That field is made by the rule “${maker?.kind}”, without which it would not fit the new system. I leave it as it is.`;
  }
  if (wanted.kind === 'constant') return [wanted];
  if (wanted.kind === 'choice') return withChoice(before, wanted);
  if (text.includes(wanted.kind) && maker && !['email', 'choice', 'cast', 'boolean'].includes(maker.kind)) {
    return `That rule is for text, and this field is made by the rule “${maker.kind}”. Nothing was changed.`;
  }
  const rest = before.filter(
    ({ kind }) => kind !== 'copy' && kind !== wanted.kind && !excludes(wanted.kind, kind),
  );
  const at = text.includes(wanted.kind) ? rest.findIndex(({ kind }) => !text.includes(kind)) : -1;
  return at === -1 ? [...rest, wanted] : rest.toSpliced(at, 0, wanted);
}

function excludes(wanted: string, other: string): boolean {
  return (wanted === 'lower' && other === 'upper') || (wanted === 'upper' && other === 'lower');
}

function withChoice(
  before: readonly Transform[],
  wanted: Extract<Transform, { kind: 'choice' }>,
): Transform[] | string {
  const known = before.find((step) => step.kind === 'choice');
  if (known === undefined) {
    return 'That field has no list of codes and words yet, so one code alone would set every other value aside. An engineer can write the whole list into the plan file.';
  }
  return before.map((step) => (step === known ? { ...known, map: { ...known.map, ...wanted.map } } : step));
}
