import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { findingText } from '../../../engine/plan/finding.ts';
import { parsePlan, readPlan } from '../../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { planHash } from '../../../engine/plan/plan-hash.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { catalog, column } from '../schema/build-catalog.ts';

const shop = catalog([
  { name: 'users', columns: [column('id'), column('email', 'text')] },
  {
    name: 'orders',
    columns: [column('id'), column('state', 'int2', { comment: '0=new, 1=done' }), column('at', 'timestamp')],
    references: { user_id: 'users', parent_id: 'orders' },
  },
]);
const plan = createPlan(shop, { migration: 'shop', today: '2026-01-02' });
const text = writePlan(plan);

function complaints(changed: string): string[] {
  const read = readPlan(changed);
  return read.ok ? [] : read.findings.map((finding) => findingText(finding, 'plan.yaml'));
}

/** 1-based line of the first occurrence. */
function lineOf(part: string, within = text): number {
  return within.slice(0, within.indexOf(part)).split('\n').length;
}

describe('writing and reading', () => {
  test('what was written reads as the same plan, and is written the same again', () => {
    const again = parsePlan(text);
    expect(again).toEqual(plan);
    expect(writePlan(again)).toBe(text);
  });

  test('any text in any place survives', () => {
    const word = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((value) => !/[\ud800-\udfff]/u.test(value));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 6, maxLength: 6 }),
        fc.dictionary(
          word.filter((value) => value !== '__proto__'),
          word,
          { maxKeys: 5, noNullPrototype: true },
        ),
        ([a, b, c, d, e, f], map) => {
          const odd: PlanFile = structuredClone(plan);
          const entity = odd.entities[0]!;
          entity.columns[1] = {
            ...entity.columns[1]!,
            reason: a!,
            default: b!,
            transform: [{ kind: 'choice', map, unknown: 'keep' }, { kind: 'trim' }],
          };
          entity.source.table = c!.slice(0, 63);
          entity.where = d!;
          entity.notes.push(e!);
          odd.risks.push({ severity: 'high', text: f! });
          expect(parsePlan(writePlan(odd))).toEqual(odd);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('JSON is accepted', () => {
    expect(parsePlan(JSON.stringify(plan))).toEqual(plan);
  });
});

describe('the hash', () => {
  test('comments, order of keys and defaults spelled out do not count', () => {
    const reordered = JSON.parse(
      JSON.stringify(plan, (_, value) =>
        value && typeof value === 'object' && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    );
    expect(planHash(parsePlan(JSON.stringify(reordered)))).toBe(planHash(plan));
    expect(planHash(parsePlan(`# hello\n${text}`))).toBe(planHash(plan));
    expect(planHash(plan)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('every change of meaning counts', () => {
    expect(planHash(parsePlan(text.replace('zone: UTC', 'zone: Europe/Berlin')))).not.toBe(planHash(plan));
    expect(planHash(parsePlan(text.replace('state', 'stat')))).not.toBe(planHash(plan));
  });
});

describe('complaints name the line', () => {
  test('a setting that does not exist, with the one that was meant', () => {
    const changed = text.replace('onMissing: "null"', 'onMising: "null"');
    expect(complaints(changed)).toEqual([
      `plan.yaml:${lineOf('onMising', changed)}: entities.orders.columns.user_id.transform.onMising: There is no setting named onMising. Did you mean onMissing?`,
    ]);
  });

  test('a transform that does not exist, alone and in a list', () => {
    const alone = text.replace('kind: choice', 'kind: choise');
    expect(complaints(alone)[0]).toBe(
      `plan.yaml:${lineOf('choise', alone)}: entities.orders.columns.state.transform.kind: There is no transform named choise. Did you mean choice?`,
    );
    const listed = text.replace(
      /transform: \{ kind: time-zone, zone: UTC \}/,
      'transform: [ { kind: trim }, { kind: timezone } ]',
    );
    expect(complaints(listed)[0]).toContain('There is no transform named timezone. Did you mean time-zone?');
  });

  test('a missing, a mistyped and a wrong value', () => {
    expect(complaints(text.replace('migration: shop\n', ''))).toEqual([
      'plan.yaml:7: migration: This is missing. It must be a text.',
    ]);
    expect(complaints(text.replace('level: 1', 'level: one'))[0]).toContain(
      'entities.users.level: This must be a number. It is a text.',
    );
    expect(complaints(text.replace('priority: critical', 'priority: critcal'))[0]).toContain(
      'Did you mean critical?',
    );
  });

  test('broken YAML, a key twice, an alias, an empty file', () => {
    expect(complaints('a: [1, 2')[0]).toMatch(/^plan\.yaml:1: This is not valid YAML/);
    expect(complaints('version: 1\nversion: 1')).toEqual([
      'plan.yaml:2: The same key stands twice. Keep one of them.',
    ]);
    expect(complaints('a: &x [1]\nb: *x')).toEqual([
      'plan.yaml:2: A plan holds no YAML aliases. Write the value out.',
    ]);
    expect(complaints('a:\n  __proto__: x')).toEqual([
      'plan.yaml:2: The name “__proto__” cannot be used here. Map such a value with a filter, or leave it to quarantine.',
    ]);
    expect(complaints('')).toHaveLength(1);
  });

  test('parsePlan throws all of them at once, with the hint', () => {
    const changed = text.replaceAll('confidence: 1\n', 'confidence: 2\n');
    expect(() => parsePlan(changed, 'my.yaml')).toThrow(
      /my\.yaml:\d+: entities\.users\.columns\.id\.confidence[\s\S]*my\.yaml:\d+: /,
    );
  });
});
