import { describe, expect, test } from 'vitest';
import { MigrationError } from '../../../../engine/core/errors.ts';
import { createPlan } from '../../../../engine/mapping/suggest-plan.ts';
import { type ChangedPlan, changePlan } from '../../../../engine/plan/changes/change-plan.ts';
import type { PlanChange } from '../../../../engine/plan/changes/plan-change.ts';
import { checkPlan } from '../../../../engine/plan/check-plan.ts';
import { parsePlan } from '../../../../engine/plan/plan-document.ts';
import type { PlanColumn, PlanEntity, PlanFile } from '../../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import { shop } from './shop.ts';

const plan = createPlan(shop, { migration: 'shop', today: '2026-01-02' });
const text = writePlan(plan);

function change(asked: PlanChange, before = text): ChangedPlan & { plan: PlanFile } {
  const result = changePlan(before, asked);
  const changed = parsePlan(result.text);
  const errors = checkPlan(changed, shop).filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([]);
  for (const line of [result.before, result.after]) expect(line).toMatch(/^\S[^\n]*\S$/);
  return { ...result, plan: changed };
}

function refusal(asked: PlanChange, before = text): MigrationError {
  try {
    changePlan(before, asked);
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

function entityOf(from: PlanFile, name: string): PlanEntity {
  return from.entities.find((entity) => entity.name === name)!;
}

function columnOf(from: PlanFile, entity: string, to: string): PlanColumn | undefined {
  return entityOf(from, entity).columns.find((item) => item.to === to);
}

/** The plan with something changed by hand. */
function byHand(edit: (copy: PlanFile) => void): string {
  const copy = structuredClone(plan);
  edit(copy);
  return writePlan(copy);
}

describe('leaving a table behind', () => {
  test('it goes from everywhere, and says why', () => {
    const result = change({ kind: 'exclude-entity', entity: 'looses', reason: 'Nobody needs it' });
    expect(result.changed).toBe(true);
    expect(result.plan.entities.map(({ name }) => name)).not.toContain('looses');
    expect(result.plan.excluded.at(-1)).toEqual({
      schema: 'public',
      table: 'loose',
      reason: 'Nobody needs it',
    });
    const rest = JSON.stringify([result.plan.groups, result.plan.phases, result.plan.risks]);
    expect(rest).not.toContain('loose');
    expect(result.plan.estimate.rows).toBe(plan.estimate.rows - 10);
    expect(result.after).toBe('loose stays behind: Nobody needs it.');
  });

  test('a required link refuses, an optional one is given up and its number kept', () => {
    const refused = refusal({ kind: 'exclude-entity', entity: 'orders', reason: 'x' });
    expect(refused).toMatchObject({ code: 'CHANGE_REFUSED' });
    expect(refused.message).toContain('lines (order_id)');
    const without = change({ kind: 'exclude-entity', entity: 'lines', reason: 'x' });
    const both = change({ kind: 'exclude-entity', entity: 'order', reason: 'x' }, without.text);
    expect(columnOf(both.plan, 'notes', 'order_id')).toBeUndefined();
    expect(columnOf(both.plan, 'notes', 'metadata')!.transform).toEqual({
      kind: 'metadata',
      columns: ['order_id'],
    });
    expect(both.after).toContain('order_id of notes no longer points at it');
  });

  test('a link to one of several kinds loses that kind only', () => {
    const before = byHand((copy) => {
      const link = entityOf(copy, 'notes').columns.find(({ to }) => to === 'order_id')!;
      link.transform = {
        kind: 'polymorphic',
        typeColumn: 'user_id',
        entities: { 1: 'lines', 2: 'users' },
        onMissing: 'null',
      };
    });
    const result = changePlan(before, { kind: 'exclude-entity', entity: 'lines', reason: 'x' });
    expect(columnOf(parsePlan(result.text), 'notes', 'order_id')!.transform).toMatchObject({
      entities: { 2: 'users' },
    });
  });

  test('asked again, the plan already says so; the last one must stay', () => {
    const once = change({ kind: 'exclude-entity', entity: 'looses', reason: 'x' });
    const again = change({ kind: 'exclude-entity', entity: 'looses', reason: 'y' }, once.text);
    expect(again).toMatchObject({ changed: false, text: once.text });
    const single = byHand((copy) => {
      copy.entities = copy.entities.filter(({ name }) => name === 'looses');
      copy.groups = {};
      copy.phases = [];
    });
    expect(refusal({ kind: 'exclude-entity', entity: 'looses', reason: 'x' }, single).code).toBe(
      'CHANGE_REFUSED',
    );
  });
});

describe('columns', () => {
  test('left out: index, check and reason follow', () => {
    const { plan: now, after } = change({
      kind: 'leave-out-column',
      entity: 'orders',
      column: 'code',
      reason: 'Unused',
    });
    const orders = entityOf(now, 'orders');
    expect(orders.columns.some(({ to }) => to === 'code')).toBe(false);
    expect(orders.leftOut).toEqual([{ column: 'code', reason: 'Unused' }]);
    expect(JSON.stringify([orders.indexes, orders.checks])).not.toContain('code');
    expect(after).toMatch(/^code of orders is left out: Unused\. With it go the index .* and the check /);
  });

  test('left out: what is unique alone, what is deferred; not what is part of a key', () => {
    expect(
      entityOf(
        change({ kind: 'leave-out-column', entity: 'users', column: 'nick', reason: 'x' }).plan,
        'users',
      ).uniques,
    ).toEqual(entityOf(plan, 'users').uniques.filter(({ columns }) => !columns.includes('nick')));
    expect(
      entityOf(
        change({ kind: 'leave-out-column', entity: 'orders', column: 'parent_id', reason: 'x' }).plan,
        'orders',
      ).deferred,
    ).toEqual([]);
    expect(
      refusal({ kind: 'leave-out-column', entity: 'lines', column: 'no', reason: 'x' }).message,
    ).toContain('order_id');
    for (const kept of ['id', 'legacy_id', 'metadata'])
      expect(refusal({ kind: 'leave-out-column', entity: 'orders', column: kept, reason: 'x' }).code).toBe(
        'CHANGE_REFUSED',
      );
  });

  test('left out: refused where the table exists and needs it', () => {
    const before = byHand((copy) => {
      copy.target.create = false;
    });
    expect(
      refusal({ kind: 'leave-out-column', entity: 'users', column: 'email', reason: 'x' }, before).message,
    ).toContain('must not be empty');
  });

  test('renamed: keys, indexes, checks and the second pass follow', () => {
    const renamed = change({
      kind: 'rename-column',
      entity: 'orders',
      column: 'code',
      to: 'reference_code',
    }).plan;
    const orders = entityOf(renamed, 'orders');
    expect(orders.columns.find(({ to }) => to === 'reference_code')!.from).toBe('code');
    expect(orders.indexes[0]!.columns[0]).toBe('reference_code');
    expect(orders.checks.map(({ expression }) => expression).join()).toContain('length("reference_code")');
    const parent = change({
      kind: 'rename-column',
      entity: 'orders',
      column: 'parent_id',
      to: 'above_id',
    }).plan;
    expect(entityOf(parent, 'orders').deferred).toEqual(['above_id']);
    for (const to of ['code', 'id', 'xmin', 'Not a name', `${'x'.repeat(63)}é`])
      expect(refusal({ kind: 'rename-column', entity: 'orders', column: 'total', to }).code, to).toBe(
        'CHANGE_REFUSED',
      );
  });

  test('another transform: type, check and order follow', () => {
    const map = { '0': 'fresh', '1': 'closed', '2': 'odd' };
    const words = change({
      kind: 'set-column',
      entity: 'orders',
      column: 'state',
      transform: [{ kind: 'choice', map, unknown: 'quarantine' }],
      reason: 'asked',
    }).plan;
    expect(
      entityOf(words, 'orders').checks.find(({ name }) => name.endsWith('state_check'))!.expression,
    ).toContain("'odd'");
    const trimmed = change({
      kind: 'set-column',
      entity: 'orders',
      column: 'code',
      transform: [{ kind: 'trim' }, { kind: 'upper' }],
      reason: 'asked',
    }).plan;
    expect(columnOf(trimmed, 'orders', 'code')).toMatchObject({
      transform: [{ kind: 'trim' }, { kind: 'upper' }],
      confidence: 0.95,
      reason: 'asked',
    });
    const yes = change({
      kind: 'set-column',
      entity: 'orders',
      column: 'state',
      transform: [{ kind: 'boolean', true: ['1'], false: ['0'] }],
      reason: 'x',
    }).plan;
    expect(columnOf(yes, 'orders', 'state')!.type).toBe('boolean');
    expect(JSON.stringify(entityOf(yes, 'orders').checks)).not.toContain('state');
    const linked = change(
      {
        kind: 'set-column',
        entity: 'users',
        column: 'nick',
        transform: [{ kind: 'reference', entity: 'notes', onMissing: 'null' }],
        reason: 'x',
      },
      byHand((copy) => {
        entityOf(copy, 'notes').key.kind = 'text';
        entityOf(copy, 'users').uniques = [];
      }),
    ).plan;
    expect(entityOf(linked, 'users').deferred).toEqual(['nick']);
    expect(columnOf(linked, 'users', 'nick')!.type).toBe('uuid');
  });

  test('another transform: refused where it would lose or break something', () => {
    const set = (column: string, transform: (PlanChange & { kind: 'set-column' })['transform']) =>
      refusal({ kind: 'set-column', entity: 'orders', column, transform, reason: 'x' }).code;
    expect(set('id', [{ kind: 'copy' }])).toBe('CHANGE_REFUSED');
    expect(set('code', [{ kind: 'constant', value: 'x' }])).toBe('CHANGE_REFUSED');
    expect(set('code', [{ kind: 'uuid' }])).toBe('CHANGE_REFUSED');
    expect(set('user_id', [{ kind: 'copy' }])).toBe('CHANGE_REFUSED');
    expect(set('code', [{ kind: 'trim' }, { kind: 'reference', entity: 'users', onMissing: 'null' }])).toBe(
      'CHANGE_REFUSED',
    );
    expect(set('code', [{ kind: 'reference', entity: 'lines', onMissing: 'null' }])).toBe('CHANGE_REFUSED');
    expect(set('code', [{ kind: 'reference', entity: 'userz', onMissing: 'null' }])).toBe('UNKNOWN_ENTITY');
    expect(set('cod', [{ kind: 'trim' }])).toBe('UNKNOWN_COLUMN');
  });

  test('policies: set, taken back, refused', () => {
    const emptied = change({
      kind: 'set-misfit-policy',
      entity: 'orders',
      column: 'total',
      onMisfit: 'null',
    });
    expect(columnOf(emptied.plan, 'orders', 'total')!.onMisfit).toBe('null');
    const back = change(
      { kind: 'set-misfit-policy', entity: 'orders', column: 'total', onMisfit: 'quarantine' },
      emptied.text,
    );
    expect(back.text).toBe(text);
    for (const onMisfit of ['default', 'placeholder'] as const)
      expect(refusal({ kind: 'set-misfit-policy', entity: 'orders', column: 'total', onMisfit }).code).toBe(
        'CHANGE_REFUSED',
      );
    expect(
      refusal({ kind: 'set-misfit-policy', entity: 'orders', column: 'at', onMisfit: 'null' }).code,
    ).toBe('CHANGE_REFUSED');
    const aside = change({
      kind: 'set-missing-policy',
      entity: 'notes',
      column: 'user_id',
      onMissing: 'quarantine',
    });
    expect(columnOf(aside.plan, 'notes', 'user_id')!.transform).toMatchObject({ onMissing: 'quarantine' });
    expect(
      refusal({ kind: 'set-missing-policy', entity: 'lines', column: 'order_id', onMissing: 'null' }).code,
    ).toBe('CHANGE_REFUSED');
    expect(
      refusal({ kind: 'set-missing-policy', entity: 'orders', column: 'code', onMissing: 'null' }).code,
    ).toBe('CHANGE_REFUSED');
  });

  test('suggestions: accepted, rejected into the notes, left out of the notes', () => {
    const before = byHand((copy) => {
      columnOf(copy, 'orders', 'total')!.confidence = 0.7;
    });
    const accepted = change(
      { kind: 'review-suggestion', entity: 'orders', column: 'total', decision: 'accept' },
      before,
    );
    expect(columnOf(accepted.plan, 'orders', 'total')!.confidence).toBe(1);
    expect(
      change(
        { kind: 'review-suggestion', entity: 'orders', column: 'total', decision: 'accept' },
        accepted.text,
      ).changed,
    ).toBe(false);
    const rejected = change(
      { kind: 'review-suggestion', entity: 'orders', column: 'total', decision: 'reject' },
      before,
    );
    expect(columnOf(rejected.plan, 'orders', 'metadata')!.transform).toEqual({
      kind: 'metadata',
      columns: ['total'],
    });
    expect(
      change(
        { kind: 'review-suggestion', entity: 'orders', column: 'total', decision: 'reject' },
        rejected.text,
      ).changed,
    ).toBe(false);
    const out = change(
      { kind: 'leave-out-column', entity: 'orders', column: 'total', reason: 'x' },
      rejected.text,
    );
    expect(columnOf(out.plan, 'orders', 'metadata')!.transform).toEqual({ kind: 'metadata', columns: [] });
    expect(entityOf(out.plan, 'orders').leftOut).toEqual([{ column: 'total', reason: 'x' }]);
    expect(
      change({ kind: 'leave-out-column', entity: 'orders', column: 'total', reason: 'y' }, out.text).changed,
    ).toBe(false);
  });
});

describe('one kind of record as a whole', () => {
  test('settings: what is null stays', () => {
    const unset = { dedupe: null, financial: null, maxFailureRate: null };
    expect(change({ kind: 'set-entity', entity: 'orders', ...unset }).changed).toBe(false);
    const money = change({
      kind: 'set-entity',
      entity: 'orders',
      ...unset,
      financial: true,
      maxFailureRate: 0.2,
    });
    expect(entityOf(money.plan, 'orders')).toMatchObject({
      financial: true,
      maxFailureRate: 0.2,
      dedupe: false,
    });
    expect(money.after).toBe(
      'orders: at most 20 % may be set aside; it counts as money; equal rows are all kept.',
    );
    expect(
      entityOf(change({ kind: 'set-entity', entity: 'looses', ...unset, dedupe: true }).plan, 'looses')
        .dedupe,
    ).toBe(true);
    expect(refusal({ kind: 'set-entity', entity: 'orders', ...unset, dedupe: true }).code).toBe(
      'CHANGE_REFUSED',
    );
  });

  test.each([
    "state <> 9 and at >= '2015-01-01'",
    "lower(code) in ('a', 'b') or total is null",
    "coalesce(total, 0) * 2 > 10.5 and t.code not like 'x%'",
    "at::date between '2015-01-01' and date '2026-01-31'",
    '"user_id" = any(array[1, 2])',
    "at > timestamp '2026-01-31' - interval '1 year'",
  ])('a plain filter: %s', (where) => {
    const set = change({ kind: 'set-filter', entity: 'orders', where });
    expect(entityOf(set.plan, 'orders').where).toBe(where);
    expect(change({ kind: 'set-filter', entity: 'orders', where: null }, set.text).text).toBe(text);
  });

  test.each([
    'state = 1) or (1 = 1',
    'true; drop table orders',
    'id in (select id from users)',
    "pg_read_file('/etc/passwd') is not null",
    'pg_sleep(10) is null',
    "dblink('host=x', 'y') is null",
    'state = 1 -- all',
    'state = 1 /* all */',
    "code = 'it''s",
    'code = $$x$$',
    'colour = 1',
    'code::regclass is null',
    'users.id = 1',
    'exists (table users)',
  ])('more than a plain filter: %s', (where) => {
    expect(refusal({ kind: 'set-filter', entity: 'orders', where }).code).toBe('CHANGE_REFUSED');
  });
});

describe('names', () => {
  test('as people say them, and near ones where nothing fits', () => {
    expect(change({ kind: 'set-filter', entity: 'Order', where: 'state = 1' }).changed).toBe(true);
    expect(refusal({ kind: 'set-filter', entity: 'ordrs', where: null })).toMatchObject({
      code: 'UNKNOWN_ENTITY',
      hint: 'Did you mean orders?',
    });
    expect(
      refusal({ kind: 'leave-out-column', entity: 'orders', column: 'totl', reason: 'x' }).hint,
    ).toContain('total');
  });
});

describe('the text', () => {
  const hand = `# Written by hand.\n${text
    .replace(
      '  - name: orders',
      '  # Ask Marta before touching orders.\n  - name:   "orders"   # two spaces on purpose',
    )
    .replace('migration: shop', "migration:   'shop' # never change this")}# The end.\n`;

  test('what is not touched stays to the letter', () => {
    const { text: now } = change({ kind: 'set-filter', entity: 'notes', where: 'body is not null' }, hand);
    const lines = now.split('\n');
    const lost = hand.split('\n').filter((line) => !lines.includes(line));
    expect(lost).toEqual([]);
    expect(lines.filter((line) => !hand.split('\n').includes(line))).toEqual(['    where: body is not null']);
  });

  test('comments of what is touched stay', () => {
    const { text: now } = change(
      { kind: 'rename-column', entity: 'orders', column: 'code', to: 'other' },
      hand,
    );
    for (const comment of [
      '# Written by hand.',
      '# Ask Marta before touching orders.',
      '# two spaces on purpose',
      '# never change this',
      '# The end.',
    ])
      expect(now).toContain(comment);
  });

  test('no change is no change of a letter', () => {
    expect(change({ kind: 'set-filter', entity: 'notes', where: null }, hand)).toMatchObject({
      changed: false,
      text: hand,
    });
  });

  test('a plan in JSON', () => {
    const { plan: now } = change(
      { kind: 'set-filter', entity: 'orders', where: 'state = 1' },
      JSON.stringify(plan),
    );
    expect(entityOf(now, 'orders').where).toBe('state = 1');
  });

  test('a text that is no plan', () => {
    expect(refusal({ kind: 'set-filter', entity: 'orders', where: null }, 'version: 1').code).toBe(
      'PLAN_INVALID',
    );
  });
});
