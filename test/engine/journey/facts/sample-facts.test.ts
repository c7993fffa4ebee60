/** What is told of the sample, from the first look to the report. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as shapes from '../../../../engine/contract/facts.ts';
import { MigrationError } from '../../../../engine/core/errors.ts';
import { assessmentFacts } from '../../../../engine/journey/facts/assessment-facts.ts';
import { catalogFacts } from '../../../../engine/journey/facts/catalog-facts.ts';
import { causeFacts } from '../../../../engine/journey/facts/cause-facts.ts';
import { columnFacts } from '../../../../engine/journey/facts/column-facts.ts';
import { ddlFacts } from '../../../../engine/journey/facts/ddl-facts.ts';
import { driftFacts } from '../../../../engine/journey/facts/drift-facts.ts';
import { eventFacts } from '../../../../engine/journey/facts/event-facts.ts';
import { findingsFacts } from '../../../../engine/journey/facts/finding-facts.ts';
import { mappingFacts } from '../../../../engine/journey/facts/mapping-facts.ts';
import { personalFacts } from '../../../../engine/journey/facts/personal-facts.ts';
import { planFacts } from '../../../../engine/journey/facts/plan-facts.ts';
import { reportFacts } from '../../../../engine/journey/facts/report-facts.ts';
import { rowFacts } from '../../../../engine/journey/facts/row-facts.ts';
import { tableFacts } from '../../../../engine/journey/facts/table-facts.ts';
import { tablesFacts } from '../../../../engine/journey/facts/table-list.ts';
import { withoutConsent } from '../../../../engine/journey/journey-engine.ts';
import { changePlan } from '../../../../engine/plan/changes/change-plan.ts';
import type { PlanChange } from '../../../../engine/plan/changes/plan-change.ts';
import { parsePlan } from '../../../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import type { Catalog } from '../../../../engine/schema/catalog.ts';
import { createSample } from '../../../../sample/create-sample.ts';
import { defineTemplate, useTestDatabase } from '../../../helpers/test-database.ts';
import { type OpenMove, openMove } from './open-move.ts';

const template = defineTemplate('sample_for_facts', async (url) => {
  await createSample(url, { scale: 0.002, defectRate: 0.005 });
});
const source = useTestDatabase(template);
const target = useTestDatabase('supabase');
let open: OpenMove;
let catalog: Catalog;
let plan: PlanFile;

beforeAll(async () => {
  open = openMove(source, target);
  ({ catalog, plan } = await open.look());
});
afterAll(() => open.close());

function errorOf(work: () => unknown): MigrationError {
  try {
    work();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('before anything moves', () => {
  test('how hard it is, with what a person decides and what does not move by itself', () => {
    const told = assessmentFacts({ catalog, plan: null });
    expect(shapes.assessmentFacts.parse(told.data)).toEqual(told.data);
    expect(told.words).toMatch(
      /^It is (moderately )?hard to move, because \d+ tables? .+ the rehearsal will say it better\. /,
    );
    expect(told.data.staysBehind).toHaveLength(7);
    expect(told.data.decisions.some(({ required }) => required)).toBe(true);
    expect(told.words).toContain('your answer before the plan can be approved');
    const answered = { ...plan, questions: plan.questions.map((q) => ({ ...q, answer: q.recommended })) };
    expect(assessmentFacts({ catalog, plan: answered }).data.decisions).toEqual([]);
  });

  test('the catalog at a glance, before and after there is a plan', () => {
    const told = catalogFacts({ catalog, plan: null });
    expect(shapes.catalogFacts.parse(told.data)).toEqual(told.data);
    expect(told.words).toMatch(
      /^I found 45 kinds of records, [\d,]+ in all; the largest is system messages \([\d,]+\)\. Seven tables belong to the old software itself and can stay behind\.$/,
    );
    expect(catalogFacts({ catalog, plan }).words).toBe(told.words);
    expect(told.data).toMatchObject({ tables: 45, difficulty: { easy: expect.any(Number) } });
    expect(told.data.largest[0]!.table).toBe('dispatch_system_message');
  });

  test('a table by what a person says', () => {
    const wanted = tableFacts({ catalog, plan }, 'dispatch_order').data;
    expect(shapes.tableFacts.parse(wanted)).toEqual(wanted);
    for (const said of ['orders', 'order', 'Orders', 'public.dispatch_order', 'dispatch orders', ' order ']) {
      expect(tableFacts({ catalog, plan }, said).data, said).toEqual(wanted);
      expect(tableFacts({ catalog, plan: null }, said).data.table, said).toBe('dispatch_order');
    }
    expect(wanted).toMatchObject({ table: 'dispatch_order', entity: 'orders', primaryKey: ['id'] });
    expect(wanted.referencedBy.length).toBeGreaterThan(1);
  });

  test('where personal data is kept: names of fields, kinds, and how sure', () => {
    const { words, data } = personalFacts({ catalog, plan: null });
    expect(shapes.personalFacts.parse(data)).toEqual(data);
    const of = (table: string) => data.find((entry) => entry.table === table)?.columns;
    expect(of('auth_user')).toContainEqual({ column: 'email', kind: 'email', confidence: 0.99 });
    expect(of('dispatch_patient')).toContainEqual({
      ...{ column: 'birth_date', kind: 'birth-date' },
      confidence: expect.any(Number),
    });
    expect(of('auth_user')?.map(({ column }) => column)).not.toContain('last_login');
    expect(of('dispatch_case_message')).toBeUndefined();
    const fields = data.flatMap(({ columns }) => columns);
    expect(words).toMatch(
      new RegExp(
        `^${fields.length} fields in ${data.length} of ${catalog.tables.length} tables look personal: `,
      ),
    );
    expect(words).toMatch(/e-mail addresses \(\d+\)/);
    expect(words).toContain('a field that shows neither is missed');
    for (const { table, columns } of data) {
      const known = tableFacts({ catalog, plan: null }, table).data.columnFacts;
      expect(known.filter(({ personal }) => personal !== null).map(({ column }) => column)).toEqual(
        columns.map(({ column }) => column),
      );
    }
  });

  test('what the plan calls personal counts, without a share of certainty', () => {
    const marked = structuredClone(plan);
    const orders = marked.entities.find(({ name }) => name === 'orders')!;
    orders.columns.find(({ from }) => from === 'status')!.personal = 'other';
    const { data } = personalFacts({ catalog, plan: marked });
    const columns = data.find(({ table }) => table === 'dispatch_order')!.columns;
    expect(columns).toContainEqual({ column: 'status', kind: 'other', confidence: null });
  });

  test('without any, that is said with how it was looked for', () => {
    const plain = { ...catalog, tables: catalog.tables.filter(({ name }) => name === 'django_migrations') };
    const { words, data } = personalFacts({ catalog: plain, plan: null });
    expect(data).toEqual([]);
    expect(words).toMatch(/^No field looks personal\. That is read from/);
  });

  test('a name that fits several, or none, is told with those near it', () => {
    const several = errorOf(() => tableFacts({ catalog, plan }, 'state'));
    expect(several.code).toBe('AMBIGUOUS_NAME');
    expect(several.message).toMatch(/case_states or order_states/);
    const unknown = errorOf(() => tableFacts({ catalog, plan }, 'ordrs'));
    expect(unknown.code).toBe('UNKNOWN_TABLE');
    expect(unknown.hint).toContain('orders');
    expect(errorOf(() => columnFacts({ catalog, plan }, 'orders', 'statsu')).code).toBe('UNKNOWN_COLUMN');
    expect(errorOf(() => mappingFacts({ plan, catalog }, 'ordrs')).code).toBe('UNKNOWN_ENTITY');
  });

  test('the list of tables, all and searched', () => {
    const all = tablesFacts({ catalog, plan }, null);
    expect(all.data).toHaveLength(catalog.tables.length);
    const found = tablesFacts({ catalog, plan }, 'messages');
    expect(found.data.length).toBeGreaterThan(0);
    expect(found.data.length).toBeLessThan(all.data.length);
    expect(tablesFacts({ catalog, plan }, 'zebra').data).toEqual([]);
  });

  test('no value of a personal column; ends and codes of others', () => {
    for (const table of catalog.tables) {
      for (const facts of tableFacts({ catalog, plan }, `${table.schema}.${table.name}`).data.columnFacts) {
        if (facts.personal !== null) expect(facts).toMatchObject({ min: null, max: null, values: null });
      }
    }
    const facts = (table: string, column: string) => columnFacts({ catalog, plan }, table, column).data;
    expect(facts('profiles', 'email').personal).toBe('email');
    expect(facts('orders', 'status').values).toContain('99');
    expect(facts('orders', 'currency').values).toContain('EUR');
    expect(facts('orders', 'ordered_at').max, 'the day is one record’s').toMatch(/^\d{4}$/);
  });

  test('the plan, how one kind moves, and the statements for it', () => {
    const told = planFacts({ plan, catalog });
    expect(shapes.planFacts.parse(told.data)).toEqual(told.data);
    expect(told.data).toMatchObject({ entities: 45, mistakes: [] });
    expect(told.words).toMatch(/^45 kinds of records move in \d+ steps; each step starts only when/);
    expect(told.words).toContain('Seven tables stay behind.');
    const mapping = mappingFacts({ plan, catalog }, 'order');
    expect(shapes.mappingFacts.parse(mapping.data)).toEqual(mapping.data);
    expect(mapping.data).toMatchObject({ entity: 'orders', from: 'dispatch_order', to: 'orders' });
    expect(mapping.data.columns).toHaveLength(
      plan.entities.find(({ name }) => name === 'orders')!.columns.length,
    );
    const ddl = ddlFacts({ plan }, ['order', 'offices']);
    expect(ddl.data.filter((sql) => sql.startsWith('create table'))).toHaveLength(2);
    expect(ddlFacts({ plan }, []).data.filter((sql) => sql.startsWith('create table'))).toHaveLength(45);
  });

  test('a plan with a mistake says the mistake first', () => {
    const broken = structuredClone(plan);
    broken.entities[0]!.leftOut.push({
      column: broken.entities[0]!.columns[2]!.from!,
      reason: 'for the test',
    });
    broken.entities[0]!.columns[2]!.from = 'gone';
    const told = planFacts({ plan: broken, catalog });
    expect(told.data.mistakes).toHaveLength(1);
    expect(told.words).toMatch(/^The plan has 1 mistake that must be put right/);
    expect(told.choices[0]).toBe('Show the mistakes');
  });

  test('drift: none, then a new column', async () => {
    const none = await driftFacts({ engine: open.engine, catalog, plan });
    expect(none).toMatchObject({ data: { drifted: false, changes: [] } });
    await source.query("alter table dispatch_order add column planted text default 'Zebulon'");
    const some = await driftFacts({ engine: open.engine, catalog, plan });
    await source.query('alter table dispatch_order drop column planted');
    expect(shapes.driftFacts.parse(some.data)).toEqual(some.data);
    expect(some.data).toMatchObject({
      drifted: true,
      changes: [{ table: 'dispatch_order', change: 'planted (text) is new', entity: 'orders' }],
    });
    expect(some.data.paused[0]).toBe('orders');
    expect(some.data.paused, 'products point at orders').toContain('products');
    expect(some.data.paused, 'offices do not').not.toContain('offices');
    expect(some.words).toContain('in no plan and would stay behind');
    expect(some.words).toContain('planted (text) is new');
  });

  test('changes of the real plan keep it fitting the real source', () => {
    const asked: PlanChange[] = [
      { kind: 'exclude-entity', entity: 'system messages', reason: 'They are too old' },
      { kind: 'exclude-entity', entity: 'notifications', reason: 'They are too old' },
      { kind: 'leave-out-column', entity: 'orders', column: 'instructions', reason: 'Not wanted' },
      { kind: 'rename-column', entity: 'orders', column: 'status', to: 'state' },
      { kind: 'set-filter', entity: 'orders', where: "ordered_at >= '2015-01-01' and status <> 6" },
      { kind: 'review-suggestion', entity: 'payments', column: 'amount', decision: 'accept' },
      { kind: 'set-missing-policy', entity: 'tasks', column: 'assignee_id', onMissing: 'quarantine' },
    ];
    let text = writePlan(plan);
    for (const change of asked) {
      const { text: after, changed } = changePlan(text, change);
      expect(changed, JSON.stringify(change)).toBe(true);
      const told = planFacts({ plan: parsePlan(after), catalog });
      expect(told.data.mistakes, JSON.stringify(change)).toEqual([]);
      text = after;
    }
    const now = parsePlan(text);
    expect(now.entities).toHaveLength(43);
    expect(JSON.stringify([now.groups, now.phases, now.risks])).not.toMatch(/notifications|system_messages/);
    expect(() => changePlan(text, { kind: 'exclude-entity', entity: 'patients', reason: 'x' })).toThrow(
      /patients cannot stay behind: /,
    );
  });

  test('nothing has happened yet', async () => {
    expect(await eventFacts(open.engine, 10)).toMatchObject({ data: [], words: 'Nothing has happened yet.' });
    await expect(causeFacts({ engine: open.engine, plan, runId: null, entity: null })).rejects.toMatchObject({
      code: 'NO_RUN',
    });
  });
});

describe('after the move', () => {
  beforeAll(async () => {
    expect((await open.move(plan)).state).toBe('completed');
  }, 120_000);

  test('causes, of all and of one kind', async () => {
    const told = await causeFacts({ engine: open.engine, plan, runId: null, entity: null });
    expect(shapes.causeFacts.array().parse(told.data)).toEqual(told.data);
    expect(told.words).toMatch(/^[\d,]+ records are set aside\. /);
    const [first] = told.data;
    const one = await causeFacts({ engine: open.engine, plan, runId: null, entity: first!.entity });
    expect(new Set(one.data.map(({ entity }) => entity))).toEqual(new Set([first!.entity]));
  });

  test('rows: moved by either id, repaired, set aside, unknown', async () => {
    const [pair] = await target.query<{ legacy: string; id: string }>(
      'select legacy_id::text as legacy, id::text as id from orders order by legacy_id limit 1',
    );
    const ask = (entity: string, id: string) =>
      rowFacts({ engine: withoutConsent(open.engine), plan }, entity, id);
    const moved = await ask('order', pair!.legacy);
    expect(shapes.rowFacts.parse(moved.data)).toEqual(moved.data);
    expect(moved.data).toMatchObject({
      fate: 'moved',
      newId: pair!.id,
      legacyId: pair!.legacy,
      reason: null,
    });
    expect(moved.data.runId).not.toBeNull();
    expect(moved.data.source!.id).toBe(pair!.legacy);
    expect((await ask('orders', pair!.id)).data).toEqual(moved.data);

    const [held] = await target.query<{ entity: string; id: string }>(
      'select entity, legacy_id as id from towpath.quarantined_rows order by id limit 1',
    );
    const aside = await ask(held!.entity, held!.id);
    expect(aside.data).toMatchObject({ fate: 'set-aside', newId: null });
    expect(aside.data.reason).toMatch(/[a-z]\.$/);
    expect(aside.words).toContain(`${held!.id} was set aside`);

    const [repaired] = await target.query<{ entity: string; id: string; column: string }>(
      'select entity, legacy_id as id, column_name as column from towpath.repaired_rows limit 1',
    );
    const fixed = await ask(repaired!.entity, repaired!.id);
    expect(fixed.data.repairs.map(({ column }) => column)).toContain(repaired!.column);

    for (const id of ['999999999', 'no such key', '99999999999999999999']) {
      expect((await ask('orders', id)).data).toMatchObject({ fate: 'unknown', source: null });
    }
  });

  test('of every kind of record, a row is explained and is what the mapper makes of it', async () => {
    const odd: unknown[] = [];
    let explained = 0;
    for (const { name } of plan.entities) {
      const [pair] = await target.query<{ id: string }>(
        'select legacy_id as id from towpath.migration_mappings where entity = $1 order by md5(legacy_id) limit 1',
        [name],
      );
      if (!pair) continue;
      const { fate, changes, notKnown, columns, verification } = await open.engine.explainRow({
        entity: name,
        id: pair.id,
        values: 'shown',
      });
      explained++;
      const fine = fate === 'moved' && changes.words === '' && notKnown.length === 0 && columns.length > 0;
      if (!fine || verification.state !== 'verified')
        odd.push({ name, id: pair.id, fate, changes, notKnown, verification });
    }
    expect(odd).toEqual([]);
    expect(explained).toBeGreaterThan(30);
  }, 120_000);

  test('report, findings and events', async () => {
    const report = await reportFacts({ engine: open.engine, files: () => ['reports/run.html'] }, null);
    expect(shapes.reportFacts.parse(report.data)).toEqual(report.data);
    expect(report.data).toMatchObject({ state: 'completed', verified: 'verified', moneyEqual: true });
    expect(report.data.approvals[0]!.approver).toBe('Marta Lindqvist');
    const findings = await findingsFacts(open.engine, null);
    expect(shapes.findingFacts.array().parse(findings.data)).toEqual(findings.data);
    const events = await eventFacts(open.engine, 50);
    expect(shapes.eventFacts.array().parse(events.data)).toEqual(events.data);
    expect(events.data.map(({ who }) => who)).toContain('Marta Lindqvist');
    expect(events.data.map(({ at }) => at)).toEqual(events.data.map(({ at }) => at).sort());
  });
});
