import { expect, test } from 'vitest';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { changePlan } from '../../../engine/plan/changes/change-plan.ts';
import type { PlanChange } from '../../../engine/plan/changes/plan-change.ts';
import { comparePlans } from '../../../engine/plan/compare-plans.ts';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { shop } from './changes/shop.ts';

const text = writePlan(createPlan(shop, { migration: 'shop', today: '2026-01-02' }));
const plan = parsePlan(text);

function after(...changes: PlanChange[]): string[] {
  const changed = changes.reduce((now, change) => changePlan(now, change).text, text);
  return comparePlans(plan, parsePlan(changed)).map(
    ({ entity, column, text: words }) => `${entity ?? '-'}/${column ?? '-'}: ${words}`,
  );
}

test('the same plan, also with other words around it, differs in nothing', () => {
  expect(comparePlans(plan, plan)).toEqual([]);
  const other = structuredClone(plan);
  other.entities[0]!.notes.push('said otherwise');
  other.entities[0]!.columns[0]!.reason = 'for another reason';
  expect(comparePlans(plan, other)).toEqual([]);
});

test('each change is told with its kind of record and its column', () => {
  const [entity] = plan.entities;
  const column = entity!.columns.find(({ from, type }) => from !== undefined && type === 'text')!;
  expect(
    after({ kind: 'rename-column', entity: entity!.name, column: column.to, to: 'called_otherwise' }),
  ).toContain(`${entity!.name}/called_otherwise: called_otherwise was called ${column.to}.`);
  expect(
    after({
      kind: 'set-column',
      entity: entity!.name,
      column: column.to,
      transform: [{ kind: 'trim' }],
      reason: 'x',
    }).join('\n'),
  ).toContain('loses spaces at its ends; before, it stays as it is');
  expect(after({ kind: 'set-time-zone', zone: 'Europe/Berlin' })).toContain(
    '-/-: Zone of clocks without one: UTC before, Europe/Berlin now.',
  );
  expect(
    after({ kind: 'leave-out-column', entity: entity!.name, column: column.to, reason: 'no use' }).join(),
  ).toContain(`${column.to} is no column any more`);
});
