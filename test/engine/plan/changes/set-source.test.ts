import { expect, test } from 'vitest';
import { MigrationError } from '../../../../engine/core/errors.ts';
import { createPlan } from '../../../../engine/mapping/suggest-plan.ts';
import { changePlan } from '../../../../engine/plan/changes/change-plan.ts';
import { checkPlan } from '../../../../engine/plan/check-plan.ts';
import { parsePlan } from '../../../../engine/plan/plan-document.ts';
import type { PlanEntity } from '../../../../engine/plan/plan-file.ts';
import { transformsOf } from '../../../../engine/plan/transforms.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import { shop } from './shop.ts';

const text = writePlan(createPlan(shop, { migration: 'shop', today: '2026-01-02' }));
const asked = { kind: 'set-source', entity: 'users', reason: 'somebody said so' } as const;

function users(of: string): PlanEntity {
  return parsePlan(of).entities.find(({ name }) => name === 'users')!;
}

function notes(of: string): readonly string[] {
  const steps = users(of).columns.flatMap((column) => [...transformsOf(column)]);
  return steps.flatMap((step) => (step.kind === 'metadata' ? step.columns : []));
}

test('what nothing reads any more goes to the notes, and comes out of them again', () => {
  const there = changePlan(text, { ...asked, column: 'nick', from: 'email' });
  expect(users(there.text).columns.find(({ to }) => to === 'nick')).toMatchObject({
    from: 'email',
    reason: 'somebody said so',
  });
  expect(notes(there.text)).toEqual(['nick']);
  expect(there.after).toBe(
    'nick (from email) of users stays as it is. nick goes to the notes of the record.',
  );
  expect(checkPlan(parsePlan(there.text), shop).filter(({ severity }) => severity === 'error')).toEqual([]);
  const back = changePlan(there.text, { ...asked, column: 'nick', from: 'nick' });
  expect(notes(back.text)).toEqual([]);
  expect(checkPlan(parsePlan(back.text), shop).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('the same old column changes nothing', () => {
  expect(changePlan(text, { ...asked, column: 'nick', from: 'nick' })).toMatchObject({ changed: false });
});

test('what an old column that does not exist would break is said by the check', () => {
  const { text: wrong } = changePlan(text, { ...asked, column: 'nick', from: 'nowhere' });
  const messages = checkPlan(parsePlan(wrong), shop).map(({ message }) => message);
  expect(messages.join(' ')).toContain('nowhere');
});

test.each(['id', 'legacy_id', 'metadata'])('%s keeps what it is made of', (column) => {
  expect(() => changePlan(text, { ...asked, column, from: 'email' })).toThrow(MigrationError);
});
