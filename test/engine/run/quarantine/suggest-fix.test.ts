/** Suggestions follow from the reason, the column and every one of the values; what they lose is said. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { misfitShape } from '../../../../engine/copy/misfit-shape.ts';
import { type PlanColumn, type PlanEntity, planEntity } from '../../../../engine/plan/plan-file.ts';
import { readableForm } from '../../../../engine/run/quarantine/readable-form.ts';
import { suggestFix } from '../../../../engine/run/quarantine/suggest-fix.ts';

function entityWith(column: Partial<PlanColumn>, more: Partial<PlanEntity> = {}): PlanEntity {
  return planEntity.parse({
    name: 'visits',
    source: { schema: 'public', table: 'visit' },
    target: { schema: 'public', table: 'visits' },
    key: { columns: ['id'], kind: 'integer' },
    ...{ level: 1, priority: 'high', phase: 'one', estimatedRows: 1, difficulty: 'easy' },
    columns: [
      {
        to: 'value',
        type: 'text',
        nullable: false,
        from: 'value',
        confidence: 1,
        reason: 'same name',
        ...column,
      },
    ],
    ...more,
  });
}

function fixOf(entity: PlanEntity, reason: string, values: readonly string[], isMade = true) {
  const cause = {
    ...{ entity: 'visits', reason, sqlstate: null, constraint: null },
    column: 'value',
    shape: null,
  };
  const rows = values.map((value) => ({ column: 'value', sourceRow: { value } }));
  return suggestFix(cause, entity, rows, isMade);
}

test.each([
  ['date', true, ['n/a', '  ', 'None'], 'Take blanks and words for nothing as empty'],
  ['date', false, ['01.02.2003', ' 31.12.1999 '], 'Read day, month and year with dots'],
  ['numeric(12,2)', false, ['3,50', '-1,0'], 'Read the comma as the decimal point'],
  ['integer', false, [' 7', '8 '], 'Leave out the blanks around the values'],
] as const)('%s, nullable %s: %j', (type, nullable, values, words) => {
  const { suggestion } = fixOf(entityWith({ type, nullable }), 'malformed-value', values);
  expect(suggestion).toMatchObject({ words: `${words} in value.`, loses: null });
  expect(suggestion!.changes).toMatchObject([{ kind: 'put-column', column: { to: 'value', type } }]);
});

test('one value that does not agree, and nothing is guessed', () => {
  const entity = entityWith({ type: 'date' });
  expect(fixOf(entity, 'malformed-value', ['01.02.2003', 'soon'])).toMatchObject({ suggestion: null });
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (values) => {
      const form = readableForm({ type: 'date', nullable: false, from: 'value' }, values);
      if (form !== null) expect(values.every((value) => /\d/.test(value))).toBe(true);
    }),
  );
});

test('what a model hears of a suggested choice is the number and the form of its codes', () => {
  const choice = { kind: 'choice' as const, map: { 1: 'open' }, unknown: 'quarantine' as const };
  const { suggestion } = fixOf(entityWith({ transform: [choice] }), 'unknown-choice', [
    'Annaberg',
    '0171-23',
  ]);
  expect(suggestion!.words).toContain('Annaberg');
  expect(suggestion!.withoutValues).toBe(
    'Take 2 codes (of the form 0000-00 and Xxxxxxxx) of value as choices of their own, named “unknown …” until somebody knows what they mean.',
  );
});

test('an unknown code becomes a choice, unless a rule that is not ours forbids it', () => {
  const transform = { kind: 'choice', map: { 1: 'open' }, unknown: 'quarantine' } as const;
  const checks = [{ name: 'value_check', expression: `"value" in ('open')` }];
  const entity = entityWith({ transform }, { checks });
  const { suggestion } = fixOf(entity, 'unknown-choice', ['9', '7', '9']);
  expect(suggestion).toMatchObject({ loses: null });
  expect(suggestion!.changes).toMatchObject([
    { transform: [{ map: { 1: 'open', 7: 'unknown 7', 9: 'unknown 9' } }] },
  ]);
  expect(fixOf(entity, 'unknown-choice', ['9'], false).suggestion).toBeNull();
  for (const value of ['Anna Berg', '0171 2345678', '01712345678'])
    expect(JSON.stringify(fixOf(entity, 'unknown-choice', ['9', value]))).not.toContain(value);
  const personal = entityWith({ transform, nullable: true, personal: 'other' });
  expect(JSON.stringify(fixOf(personal, 'unknown-choice', ['secret']))).not.toContain('secret');
});

test('what loses something says so, and a link that must be there is not left out', () => {
  const reference = { kind: 'reference', entity: 'people', onMissing: 'quarantine' } as const;
  const loose = fixOf(
    entityWith({ type: 'uuid', nullable: true, transform: reference }),
    'orphan-reference',
    ['7'],
  );
  expect(loose.suggestion).toMatchObject({ changes: [{ kind: 'set-missing-policy', onMissing: 'null' }] });
  expect(loose.suggestion!.loses).toContain('The link itself');
  const strict = fixOf(entityWith({ type: 'uuid', transform: reference }), 'orphan-reference', ['7']);
  expect(strict).toMatchObject({ suggestion: null });
  expect(strict.advice).toContain('Retry that one first');
  expect(fixOf(entityWith({ nullable: true }), 'duplicate-key', ['x']).advice).toContain('equal rows');
});

test('ten thousand values make few forms, and none can be told from its form', () => {
  const entity = entityWith({});
  const values = fc.sample(
    fc.oneof(fc.string({ maxLength: 600 }), fc.emailAddress(), fc.uuid(), fc.nat().map(String)),
    10_000,
  );
  const forms = new Set(values.map((value) => misfitShape(entity, 'value', { value })));
  expect(forms.size).toBeLessThan(60);
  expect(misfitShape(entity, 'value', { value: 'anna@example.org' })).toBe('e-mail(9-32)');
  expect(misfitShape(entity, 'other', { value: 'x' })).toBeNull();
});
