import { describe, expect, test } from 'vitest';
import { transform } from '../../../engine/plan/plan-transform.ts';
import {
  isFound,
  orderedFields,
  questionsAside,
  surenessOf,
} from '../../../web/screens/plan/fields/field-order.ts';
import {
  type Column,
  fieldWords,
  happeningsOf,
  type Step,
} from '../../../web/screens/plan/fields/what-happens.ts';
import english from '../../../web/texts/en.json' with { type: 'json' };

function column(to: string, given: Partial<Column> = {}): Column {
  return {
    ...{ to, from: to, type: 'text', transform: [{ kind: 'copy' }], onMisfit: 'quarantine' },
    ...{ confidence: 1, reason: 'same type' },
    ...given,
  };
}

describe('what happens', () => {
  const known = new Set(Object.keys(english.plan.happens));
  const kinds = transform.options.map(({ shape }) => shape.kind.value);

  test.each(kinds)('%s has words', (kind) => {
    const steps: Partial<Record<string, Step>> = {
      choice: { kind: 'choice', map: { 0: 'draft' }, unknown: 'quarantine' },
      money: { kind: 'money', scale: 2 },
      reference: { kind: 'reference', entity: 'orders', onMissing: 'null' },
      polymorphic: { kind: 'polymorphic', typeColumn: 't', entities: { 1: 'orders' }, onMissing: 'null' },
      lookup: { kind: 'lookup', column: 'name', entity: 'orders', onMissing: 'null' },
      metadata: { kind: 'metadata', columns: [] },
      hash: { kind: 'hash', keyed: false },
      mask: { kind: 'mask', style: 'redact' },
      constant: { kind: 'constant', value: 'x' },
    };
    const step = steps[kind] ?? ({ kind } as Step);
    const [told] = happeningsOf({ transform: [step] });
    expect(known).toContain(told!.key);
  });

  test('what a constant or a default holds is not told', () => {
    const steps: Step[] = [
      { kind: 'constant', value: 'geheim' },
      { kind: 'default', value: 'geheim' },
    ];
    expect(JSON.stringify(happeningsOf({ transform: steps }))).not.toContain('geheim');
  });

  test('many codes are cut, and counted', () => {
    const map = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [String(n), `word${n}`]));
    const [told] = happeningsOf({ transform: [{ kind: 'choice', map, unknown: 'null' }] });
    expect(told).toEqual({
      key: 'choiceMore',
      values: { list: '0 word0, 1 word1, 2 word2, 3 word3', more: 3 },
    });
  });

  test('a copy beside something else says nothing', () => {
    expect(happeningsOf({ transform: [{ kind: 'copy' }, { kind: 'trim' }] })).toHaveLength(1);
  });
});

describe('the order of fields', () => {
  const fields = [
    column('id', { from: null, transform: [{ kind: 'uuid' }] }),
    column('sure'),
    column('unsure', { confidence: 0.6 }),
    column('asked'),
  ];

  test('answers first, then the least sure, what every record has last', () => {
    const questions = [{ number: 4, column: 'asked' }];
    expect(orderedFields({ columns: fields, questions }).map(({ to }) => to)).toEqual([
      'asked',
      'unsure',
      'sure',
      'id',
    ]);
  });

  test('a question that no field carries stands apart', () => {
    const questions = [
      { number: 1, column: null },
      { number: 2, column: 'password' },
      { number: 3, column: 'asked' },
    ];
    expect(questionsAside({ columns: fields, questions }).map(({ number }) => number)).toEqual([1, 2]);
  });

  test('every word of a search must be there', () => {
    expect(isFound(column('created_at'), 'created same')).toBe(true);
    expect(isFound(column('created_at'), 'created other')).toBe(false);
  });

  test('a column that is kept in the notes is found by its old name', () => {
    const notes = column('metadata', {
      from: null,
      transform: [{ kind: 'metadata', columns: ['old_flag'] }],
    });
    expect(isFound(notes, 'old_flag')).toBe(true);
    expect(isFound(notes, 'other_flag')).toBe(false);
  });
});

test.each([
  [0.9, 'sure'],
  [0.89, 'likely'],
  [0.69, 'unsure'],
])('%f is %s', (confidence, sureness) => {
  expect(surenessOf(confidence)).toBe(sureness);
});

test.each([
  ['patient_id', 'Patient'],
  ['created_at', 'Created at'],
  ['id', 'Id'],
  ['_id', '_id'],
])('%s is read as %s', (name, words) => {
  expect(fieldWords(name)).toBe(words);
});
