/** A plan for a target that people use already: what goes where, by which rule, and what is asked. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createSilentLog } from '../../../../engine/core/log.ts';
import { createDatabase } from '../../../../engine/db/database.ts';
import { createPlan } from '../../../../engine/mapping/suggest-plan.ts';
import { answerQuestions } from '../../../../engine/plan/changes/answer-question.ts';
import { checkPlan } from '../../../../engine/plan/check-plan.ts';
import { readPlan } from '../../../../engine/plan/plan-document.ts';
import type { PlanColumn, PlanFile } from '../../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import type { Catalog } from '../../../../engine/schema/catalog.ts';
import { introspect } from '../../../../engine/schema/introspect.ts';
import { type TestDatabase, useTestDatabase } from '../../../helpers/test-database.ts';
import { legacyShop, newShop } from '../../../scenarios/existing-target/shop.sql.ts';
import { legacyClinic, newClinic } from './clinic.sql.ts';

async function look(of: TestDatabase, role: 'source' | 'target'): Promise<Catalog> {
  const database = createDatabase(of.connection, role, { log: createSilentLog() });
  try {
    return await introspect(database, { profiles: role === 'source' });
  } finally {
    await database.end();
  }
}

function columnsOf(plan: PlanFile, entity: string): Record<string, PlanColumn> {
  const found = plan.entities.find(({ name }) => name === entity)!;
  return Object.fromEntries(found.columns.map((column) => [column.to, column]));
}

function errorsOf(plan: PlanFile, source: Catalog, target: Catalog) {
  return checkPlan(plan, source, { target }).filter(({ severity }) => severity === 'error');
}

/** The plan as a file, with every question answered by each of its choices in turn: none breaks it. */
function eachAnswer(plan: PlanFile, check: (answered: PlanFile, what: string) => void): void {
  for (const { number, choices } of plan.questions) {
    let text = writePlan(plan);
    for (const { id } of [...choices, choices[0]!]) {
      text = answerQuestions(text, [{ number, choice: id }]).text;
      const read = readPlan(text);
      if (!read.ok) throw new Error(JSON.stringify(read.findings));
      check(read.plan, `${number}${id}`);
    }
  }
}

describe('a shop that is in use', () => {
  const [legacy, shop] = [useTestDatabase(), useTestDatabase()];
  let [source, target]: Catalog[] = [];
  let plan: PlanFile;

  beforeAll(async () => {
    await legacy.query(legacyShop);
    await shop.query(newShop);
    [source, target] = [await look(legacy, 'source'), await look(shop, 'target')];
    plan = createPlan(source, { migration: 'shop', target });
  });

  test('tables are found by plural, prefix and words of one meaning; what is not there is made', () => {
    expect(plan.entities.map(({ source: from, target: to }) => [from.table, to.table, to.create])).toEqual([
      ['shop_category', 'categories', false],
      ['shop_customer', 'users', false],
      ['shop_order', 'orders', false],
      ['shop_voucher', 'vouchers', true],
      ['shop_order_line', 'order_items', false],
    ]);
    expect(plan.target).toMatchObject({
      create: false,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('columns are found by name and type, references by their foreign key, and each says why', () => {
    const pairs = (entity: string) =>
      Object.values(columnsOf(plan, entity)).flatMap(({ from, to }) => (from ? [[from, to]] : []));
    expect(pairs('customers')).toEqual([
      ['emailAddress', 'email'],
      ['first_name', 'first_name'],
      ['last_name', 'last_name'],
      ['tel', 'phone'],
      ['dob', 'birth_date'],
      ['created', 'created_at'],
    ]);
    expect(pairs('orders')).toEqual([
      ['order_no', 'number'],
      ['customer_id', 'user_id'],
      ['status', 'status'],
      ['total', 'total'],
      ['created', 'created_at'],
    ]);
    const { user_id: user, status } = columnsOf(plan, 'orders');
    expect(user).toMatchObject({
      transform: { kind: 'reference', entity: 'customers' },
      reason: 'refers to users there, as it does here',
    });
    expect(status).toMatchObject({
      type: 'public.order_status',
      transform: { kind: 'choice', map: { paid: 'paid' }, unknown: 'quarantine' },
    });
    expect(columnsOf(plan, 'customers').metadata).toMatchObject({
      transform: { columns: ['state', 'notes'] },
    });
    for (const { columns } of plan.entities) for (const column of columns) expect(column.reason).not.toBe('');
  });

  test('what could be lost or come out wrong is a required question', () => {
    expect(
      plan.questions
        .filter(({ about }) => about.entity)
        .map(({ about, required }) => [about.entity, about.column ?? null, required]),
    ).toEqual([
      ['categories', null, true],
      ['customers', null, true],
      ['customers', 'status', true],
      ['orders', null, true],
    ]);
    expect(plan.risks.map(({ text }) => text).join('\n')).toContain(
      'users has triggers (users_tell, users_touch). They do not fire',
    );
  });

  test('the plan as a file is a plan, and fits source and target, whatever is answered', () => {
    expect(readPlan(writePlan(plan))).toMatchObject({ ok: true, plan });
    expect(errorsOf(plan, source!, target!)).toEqual([]);
    eachAnswer(plan, (answered, what) =>
      expect([what, errorsOf(answered, source!, target!)]).toEqual([what, []]),
    );
  });

  test('an own target, or none, changes nothing', () => {
    const empty: Catalog = { ...target!, tables: [] };
    const ours = {
      ...target!,
      tables: target!.tables.map((table) => ({ ...table, comment: 'Made by Towpath for x.' })),
    };
    const plain = createPlan(source!, { migration: 'shop' });
    expect(createPlan(source!, { migration: 'shop', target: empty })).toEqual(plain);
    expect(createPlan(source!, { migration: 'shop', target: ours }).target).toEqual({
      schema: 'public',
      create: true,
    });
  });
});

describe('a clinic whose new tables do not fit everywhere', () => {
  const [legacy, clinic] = [useTestDatabase(), useTestDatabase()];
  let [source, target]: Catalog[] = [];
  let plan: PlanFile;

  beforeAll(async () => {
    await legacy.query(legacyClinic);
    await clinic.query(newClinic);
    [source, target] = [await look(legacy, 'source'), await look(clinic, 'target')];
    plan = createPlan(source, { migration: 'clinic', target });
  });
  const question = (entity: string, column?: string) =>
    plan.questions.find(({ about }) => about.entity === entity && about.column === column);

  test('a table known by numbers, and one that requires what nobody knows, are left alone', () => {
    const tables = Object.fromEntries(
      plan.entities.map(({ name, target: to }) => [name, [to.table, to.create]]),
    );
    expect(tables).toEqual({
      doctors: ['doctors', false],
      rooms: ['legacy_rooms', true],
      invoices: ['legacy_invoices', true],
      patients: ['patients', false],
    });
    expect(question('rooms')?.text).toContain('its key id is integer');
    expect(question('invoices')?.text).toContain('every row there must name its clinic_id');
  });

  test('a required column without a source gets a value that a person chooses', () => {
    expect(columnsOf(plan, 'patients').kind).toMatchObject({
      type: 'public.patient_kind',
      transform: { kind: 'constant', value: 'private' },
    });
    expect(question('patients', 'kind')).toMatchObject({
      required: true,
      choices: [{ text: '“private”' }, { text: '“public”' }],
    });
  });

  test('a column that would lose something goes nowhere, and that is asked', () => {
    expect(columnsOf(plan, 'patients').admitted_on).toBeUndefined();
    const patients = plan.entities.find(({ name }) => name === 'patients')!;
    expect(patients.leftOut.map(({ column }) => column)).toEqual(['id', 'admitted', 'weight_kg']);
    expect(question('patients')).toMatchObject({
      required: true,
      text: expect.stringContaining('admitted, weight_kg'),
    });
  });

  test('computed and numbered columns are never filled; codes and words become true and false', () => {
    const columns = columnsOf(plan, 'doctors');
    expect(columns.display).toBeUndefined();
    expect(columns.staff_number).toBeUndefined();
    expect(columns.is_active).toMatchObject({ transform: { kind: 'boolean', true: ['Y'], false: ['N'] } });
  });

  test('the plan fits source and target, whatever is answered', () => {
    expect(errorsOf(plan, source!, target!)).toEqual([]);
    eachAnswer(plan, (answered, what) =>
      expect([what, errorsOf(answered, source!, target!)]).toEqual([what, []]),
    );
  });
});
