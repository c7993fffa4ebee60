/** Whatever is asked for, in whatever order: what remains is a plan that fits, and what was not touched is as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MigrationError } from '../../../../engine/core/errors.ts';
import { createPlan } from '../../../../engine/mapping/suggest-plan.ts';
import { changePlan } from '../../../../engine/plan/changes/change-plan.ts';
import { type PlanChange, planChange } from '../../../../engine/plan/changes/plan-change.ts';
import { checkPlan } from '../../../../engine/plan/check-plan.ts';
import { parsePlan } from '../../../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import { shop } from './shop.ts';

const plan = createPlan(shop, { migration: 'shop', today: '2026-01-02' });
const names = plan.entities.map(({ name }) => name);

/** A comment above every entity, one inside it, and spacing that no printer would choose. */
const text = writePlan(plan)
  .replace(/^ {2}- name: (\w+)$/gm, '  # above $1\n  - name:    $1   # beside $1')
  .replace(/^groups:$/m, '# before the groups\ngroups:   # of groups')
  .replace(/^estimate:$/m, 'estimate:    # of the estimate');

const columns = [
  ...new Set(plan.entities.flatMap((entity) => entity.columns.flatMap(({ to, from }) => [to, from ?? to]))),
];
const entity = fc.constantFrom(...names);
const column = fc.constantFrom(...columns);
const reason = fc.constantFrom('Not needed', 'It is: “odd” # {text}', "'quoted'");

const transform = fc.oneof(
  fc.constantFrom({ kind: 'copy' }, { kind: 'cast' }, { kind: 'trim' }, { kind: 'json' }),
  fc.constant({ kind: 'choice', map: { '0': 'a', '1': 'b: c' }, unknown: 'quarantine' }),
  fc.constant({ kind: 'choice', map: { '0': 'none' }, unknown: 'keep' }),
  fc.constant({ kind: 'boolean', true: ['1'], false: ['0'] }),
  fc.constant({ kind: 'money', scale: 2 }),
  entity.map((name) => ({ kind: 'reference', entity: name, onMissing: 'null' })),
);

const anyChange = fc
  .oneof(
    fc.record({ kind: fc.constant('exclude-entity'), entity, reason }),
    fc.record({
      kind: fc.constant('set-entity'),
      entity,
      dedupe: fc.option(fc.boolean()),
      financial: fc.option(fc.boolean()),
      maxFailureRate: fc.option(fc.constantFrom(0, 0.25, 1)),
    }),
    fc.record({
      kind: fc.constant('set-column'),
      entity,
      column,
      transform: fc.array(transform, { minLength: 1, maxLength: 2 }),
      reason,
    }),
    fc.record({
      kind: fc.constant('set-code'),
      entity,
      source: fc.constantFrom('export default (row: Row): Result => ({})\n// "two"\n', 'one line: # "x"'),
      reads: fc.uniqueArray(column, { minLength: 1, maxLength: 2 }),
      writes: fc.array(
        fc.record({
          column: fc.oneof(column, fc.constantFrom('made', 'made_too')),
          type: fc.constantFrom(null, 'text', 'integer'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      reason,
    }),
    fc.record({
      kind: fc.constant('rename-column'),
      entity,
      column,
      to: fc.constantFrom('other', 'code', 'at', 'user_id', 'no'),
    }),
    fc.record({ kind: fc.constant('leave-out-column'), entity, column, reason }),
    fc.record({
      kind: fc.constant('set-filter'),
      entity,
      where: fc.constantFrom(null, 'id > 1', "code <> 'x'", 'word is null'),
    }),
    fc.record({
      kind: fc.constant('set-misfit-policy'),
      entity,
      column,
      onMisfit: fc.constantFrom('quarantine', 'null', 'default', 'placeholder'),
    }),
    fc.record({
      kind: fc.constant('set-missing-policy'),
      entity,
      column,
      onMissing: fc.constantFrom('quarantine', 'null'),
    }),
    fc.record({
      kind: fc.constant('review-suggestion'),
      entity,
      column,
      decision: fc.constantFrom('accept', 'reject'),
    }),
  )
  .map((value) => planChange.parse(value));

const REFUSALS = new Set(['CHANGE_REFUSED', 'UNKNOWN_ENTITY', 'UNKNOWN_COLUMN', 'AMBIGUOUS_NAME']);

/** The text afterwards; unchanged where the change is refused. */
function apply(before: string, change: PlanChange): string {
  try {
    const { text: after, changed } = changePlan(before, change);
    expect(changed).toBe(after !== before);
    return after;
  } catch (error) {
    if (error instanceof MigrationError && REFUSALS.has(error.code)) return before;
    throw error;
  }
}

/** Types that only the target's server could judge are the plan's own business; references and names are not. */
function brokenBy(after: PlanFile): string[] {
  return checkPlan(after, shop)
    .filter(({ severity, path }) => severity === 'error' && !path.endsWith('.type'))
    .map(({ path, message }) => `${path}: ${message}`);
}

/** Lines of an entity, from the comment above it to the next. */
function linesOf(of: string, name: string): string | undefined {
  return of
    .split(/^(?= {2}# above )/m)
    .find((part) => part.startsWith(`  # above ${name}\n`))
    ?.split(/^(?=\S|$)/m)[0]
    ?.trimEnd();
}

test('every entity has lines of its own to compare', () => {
  for (const name of names) expect(linesOf(text, name)).toContain(`beside ${name}`);
});

test('any sequence of changes leaves a plan that fits, with what was not touched as it was written', () => {
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 1, maxLength: 6 }), (changes) => {
      // Step by step: what one change writes anew and the next takes back was touched all the same.
      let [after, is] = [text, parsePlan(text)];
      for (const change of changes) {
        const [textBefore, before] = [
          after,
          new Map(is.entities.map((one) => [one.name, JSON.stringify(one)])),
        ];
        after = apply(textBefore, change);
        is = parsePlan(after);
        for (const now of is.entities)
          if (before.get(now.name) === JSON.stringify(now))
            expect(linesOf(after, now.name)).toBe(linesOf(textBefore, now.name));
      }
      expect(brokenBy(is)).toEqual([]);
      for (const { name } of is.entities) {
        expect(after).toContain(`# above ${name}\n`);
        expect(after).toContain(`# beside ${name}`);
      }
      for (const comment of ['# before the groups', '# of groups', '# of the estimate'])
        expect(after).toContain(comment);
    }),
    { numRuns: 40 },
  );
});

test('most of these changes are made, not refused', () => {
  const sample = fc.sample(anyChange, { numRuns: 200, seed: 7 });
  const made = sample.filter((change) => apply(text, change) !== text);
  expect(made.length).toBeGreaterThan(15);
  expect(new Set(made.map(({ kind }) => kind)).size).toBeGreaterThan(5);
});
