/** What a model can write in strict mode covers every transform of the plan, and becomes exactly that. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createSilentLog } from '../../engine/core/log.ts';
import { planChange } from '../../engine/index.ts';
import { createTools } from '../../tools/tools.ts';
import { planTransform, transformInput } from '../../tools/transform-input.ts';
import { createFakeGuide, createFakeJourney } from '../helpers/fake-journey.ts';
import { emptyTransform } from './empty-transform.ts';

const written: readonly (readonly [Record<string, unknown>, Record<string, unknown>])[] = [
  ...['copy', 'cast', 'trim', 'lower', 'upper', 'empty-to-null', 'json', 'uuid'].map(
    (kind) => [{ kind }, { kind }] as const,
  ),
  [
    { kind: 'default', value: '0' },
    { kind: 'default', value: '0' },
  ],
  [
    { kind: 'constant', value: null },
    { kind: 'constant', value: null },
  ],
  [
    { kind: 'choice', choices: [{ code: '1', word: 'open' }], unknown: 'keep' },
    { kind: 'choice', map: { 1: 'open' }, unknown: 'keep' },
  ],
  [
    { kind: 'choice', choices: [] },
    { kind: 'choice', map: {}, unknown: 'quarantine' },
  ],
  [
    { kind: 'boolean', trueWords: ['Y'], falseWords: ['N'] },
    { kind: 'boolean', true: ['Y'], false: ['N'] },
  ],
  [
    { kind: 'time-zone', zone: 'Europe/Berlin' },
    { kind: 'time-zone', zone: 'Europe/Berlin' },
  ],
  [{ kind: 'epoch' }, { kind: 'epoch', unit: 'seconds' }],
  [
    { kind: 'money', scale: 2 },
    { kind: 'money', scale: 2 },
  ],
  [
    { kind: 'email', unique: true },
    { kind: 'email', unique: true, placeholderDomain: 'placeholder.invalid' },
  ],
  [
    { kind: 'money', scale: 2, point: ',', thousands: '.', signs: ['€'] },
    { kind: 'money', scale: 2, point: ',', thousands: '.', signs: ['€'] },
  ],
  [
    { kind: 'json', otherwise: 'text' },
    { kind: 'json', otherwise: 'text' },
  ],
  [
    { kind: 'email', otherwise: 'misfit' },
    { kind: 'email', onMalformed: 'misfit' },
  ],
  [
    { kind: 'phone', country: 'DE' },
    { kind: 'phone', country: 'DE', check: 'valid', extension: 'misfit' },
  ],
  [
    { kind: 'template', value: '{a} {b}', otherwise: 'skip' },
    { kind: 'template', text: '{a} {b}', ifNull: 'skip' },
  ],
  [
    { kind: 'split', separator: ' ', part: -1 },
    { kind: 'split', separator: ' ', part: 1, fromEnd: true, rest: false, missing: 'null' },
  ],
  [
    { kind: 'replace', pattern: '(a)', value: '$1', otherwise: 'misfit' },
    { kind: 'replace', pattern: '(a)', with: '$1', noMatch: 'misfit' },
  ],
  [
    { kind: 'hash', keyed: true },
    { kind: 'hash', keyed: true },
  ],
  [
    { kind: 'mask', style: 'fake', look: 'name' },
    { kind: 'mask', style: 'fake', as: 'name' },
  ],
  [
    { kind: 'array', each: ['trim', 'lower'], separator: ';', otherwise: 'drop' },
    { kind: 'array', each: [{ kind: 'trim' }, { kind: 'lower' }], separator: ';', elements: 'drop' },
  ],
  [
    { kind: 'lookup', entity: 'patients', column: 'name', matches: [{ own: 'a', other: 'b' }] },
    { kind: 'lookup', entity: 'patients', column: 'name', match: { columns: ['a'], parentColumns: ['b'] } },
  ],
  [
    { kind: 'reference', entity: 'patients' },
    { kind: 'reference', entity: 'patients', onMissing: 'quarantine' },
  ],
  [
    { kind: 'polymorphic', typeColumn: 't', entities: [{ value: '7', entity: 'orders' }], onMissing: 'null' },
    { kind: 'polymorphic', typeColumn: 't', entities: { 7: 'orders' }, onMissing: 'null' },
  ],
  [
    { kind: 'metadata', columns: ['a'] },
    { kind: 'metadata', columns: ['a'] },
  ],
  [
    { kind: 'code', source: 'export default () => ({ c: 1 })', reads: ['a', 'b'] },
    { kind: 'code', source: 'export default () => ({ c: 1 })', reads: ['a', 'b'] },
  ],
];

const parse = (transform: unknown[]) =>
  planChange.safeParse({ kind: 'set-column', entity: 'e', column: 'c', reason: 'r', transform });

test.each(written)('%o', (input, expected) => {
  const transform = planTransform(transformInput.parse(emptyTransform(input)));
  expect(parse([transform]).data).toMatchObject({ transform: [expected] });
});

test('every kind of the plan can be written, and no other', () => {
  const schema = JSON.stringify(z.toJSONSchema(planChange, { io: 'input' }));
  const ofPlan = transformInput.shape.kind.options.filter((kind) => schema.includes(`"const":"${kind}"`));
  expect(ofPlan).toEqual(transformInput.shape.kind.options);
  const kinds = new Set([...schema.matchAll(/"const":"([a-z-]+)"/g)].map(([, kind]) => kind));
  const edits = planChange.options.map(({ shape }) => shape.kind.value as string);
  expect([...kinds].filter((kind) => !edits.includes(kind ?? '')).sort()).toEqual(
    [...transformInput.shape.kind.options].sort(),
  );
  expect(new Set(written.map(([{ kind }]) => kind)).size).toBe(kinds.size - edits.length);
});

test('fields of other kinds do not slip through', () => {
  const input = transformInput.parse(
    emptyTransform({ kind: 'trim', value: 'x', scale: 2, entity: 'patients' }),
  );
  expect(planTransform(input)).toEqual({ kind: 'trim' });
});

test('setColumn hands the plan its own form, and says what is missing', async () => {
  const { journey, calls } = createFakeJourney();
  const { setColumn } = createTools({ journey, guide: createFakeGuide().guide, log: createSilentLog() });
  const place = { entity: 'invoices', column: 'status', reason: 'codes' };
  const choice = emptyTransform({ kind: 'choice', choices: [{ code: '1', word: 'open' }] });
  const good = { ...place, transforms: [emptyTransform({ kind: 'trim' }), choice] };
  expect(await setColumn.execute!(good, {} as never)).toMatchObject({ status: 'done' });
  expect(calls).toEqual([
    [
      'changePlan',
      [
        {
          kind: 'set-column',
          ...place,
          transform: [{ kind: 'trim' }, { kind: 'choice', map: { 1: 'open' }, unknown: 'quarantine' }],
        },
      ],
    ],
  ]);
  for (const transforms of [[], [emptyTransform({ kind: 'choice' })]]) {
    expect(await setColumn.execute!({ ...place, transforms }, {} as never)).toMatchObject({
      status: 'refused',
      error: { code: 'TRANSFORM_INVALID' },
    });
  }
  expect(calls).toHaveLength(1);
});
