/** Names go together, meanings do not: a plan for existing tables writes nothing that nobody means, and loses nothing unasked. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createPlan } from '../../../../engine/mapping/suggest-plan.ts';
import { answerQuestions } from '../../../../engine/plan/changes/answer-question.ts';
import { openQuestions, refuseOpenQuestions } from '../../../../engine/plan/open-questions.ts';
import { parsePlan } from '../../../../engine/plan/plan-document.ts';
import type { PlanColumn, PlanFile } from '../../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import { introspect } from '../../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';
import { withSource } from '../../schema/open-source.ts';
import { legacyDesk, newDesk } from './desk.sql.ts';

const [legacy, desk] = [useTestDatabase(), useTestDatabase()];
let plan: PlanFile;

beforeAll(async () => {
  await legacy.query(legacyDesk);
  await desk.query(newDesk);
  const source = await withSource(legacy, (reader) => introspect(reader, { profiles: true }));
  const target = await withSource(desk, (reader) => introspect(reader, { profiles: false }));
  plan = createPlan(source, { migration: 'desk', target, timeZone: 'Europe/Berlin' });
});

const entityOf = (table: string) => plan.entities.find(({ source }) => source.table === table)!;
const column = (table: string, to: string): PlanColumn | undefined =>
  entityOf(table).columns.find((item) => item.to === to);
const questionOf = (table: string, to?: string) =>
  plan.questions.find(({ about }) => about.entity === entityOf(table).name && about.column === to);
const leftOut = (table: string) => entityOf(table).leftOut.map((item) => item.column);

test('a key that people know a row by is moved as a value, and rows merge by it', () => {
  expect(column('country', 'code')).toMatchObject({ from: 'code', transform: { kind: 'copy' } });
  expect(entityOf('country').merge).toEqual({ by: ['code'], onMatch: 'keep' });
});

test('a key without a column stays behind only where somebody says so', () => {
  expect(leftOut('currency')).toEqual(['id']);
  expect(questionOf('currency')).toMatchObject({
    required: true,
    text: expect.stringContaining('has no column for id'),
  });
  const keys = plan.questions.find(({ text }) => /old keys? /.test(text));
  expect(keys).toMatchObject({ required: true, text: expect.stringContaining('tickets (id)') });
});

test('what an existing table has no column for is no password', () => {
  expect(plan.questions.map(({ text }) => text).filter((text) => /password/i.test(text))).toEqual([]);
  expect(plan.risks.map(({ text }) => text).filter((text) => /password/i.test(text))).toEqual([]);
});

test('documented codes become their words, as the rule of the table lists them', () => {
  expect(column('ticket', 'status')).toMatchObject({
    transform: { kind: 'choice', map: { 1: 'open', 2: 'closed' } },
  });
});

test('codes that nobody explained are a question before they become text', () => {
  expect(questionOf('ticket', 'kind')).toMatchObject({
    required: true,
    why: expect.stringContaining('numbers'),
  });
});

test('a word that means two things is asked, however well the names go together', () => {
  expect(questionOf('rack', 'status')).toMatchObject({
    required: true,
    why: expect.stringContaining('“state”'),
  });
});

test('the unit of moments is read off the numbers, or asked', () => {
  expect(column('ticket', 'opened')).toMatchObject({ transform: { kind: 'epoch', unit: 'milliseconds' } });
  expect(questionOf('ticket', 'opened')).toBeUndefined();
  expect(questionOf('ticket', 'archived')?.choices.map(({ text }) => text)).toContain(
    'Yes, they count milliseconds since 1970.',
  );
});

test('text that says a clock is read in the zone that is asked for', () => {
  expect(column('ticket', 'seen')).toMatchObject({ transform: { kind: 'time-zone', zone: 'Europe/Berlin' } });
  expect(plan.questions.find(({ text }) => /which clock/.test(text))?.text).toContain('tickets.seen');
});

test('a reference goes nowhere where its foreign key asks for another table than the parents fill', () => {
  expect(entityOf('customer').target).toMatchObject({ table: 'legacy_customers', create: true });
  expect(column('ticket', 'customer_id')).toBeUndefined();
  expect(leftOut('ticket')).toContain('customer_id');
});

test('parts of a reference by several columns are held by no reference', () => {
  expect(column('box', 'rack_id')).toMatchObject({ transform: { kind: 'reference', entity: 'racks' } });
  expect(leftOut('box')).toEqual(['id', 'room', 'number']);
  expect(questionOf('box')?.text).toContain('room, number');
});

test('values of people are counted in questions, never told', () => {
  for (const question of plan.questions)
    expect(JSON.stringify([question.text, question.why])).not.toMatch(/Adams|Brown/);
  for (const { choices } of plan.questions)
    for (const { text } of choices) expect(text).not.toMatch(/Adams|Brown/);
});

describe('a “no”', () => {
  const refusals = () =>
    plan.questions.flatMap(({ number, choices }) =>
      choices.filter(({ waitsFor }) => waitsFor !== undefined).map(({ id }) => ({ number, choice: id })),
    );

  test('keeps the plan from being approved', () => {
    expect(refusals().length).toBeGreaterThan(4);
    const recommended = plan.questions.map(({ number, recommended: choice }) => ({ number, choice }));
    const agreed = answerQuestions(writePlan(plan), recommended).text;
    expect(openQuestions(parsePlan(agreed))).toEqual([]);
    for (const refusal of refusals()) {
      const refused = parsePlan(answerQuestions(agreed, [refusal]).text);
      expect(openQuestions(refused).map(({ number }) => number)).toEqual([refusal.number]);
      expect(() => refuseOpenQuestions(refused)).toThrow('that has not happened yet');
    }
  });

  test('is settled by what it announced', () => {
    const { number, choices } = questionOf('ticket', 'tenant')!;
    const text = answerQuestions(writePlan(plan), [{ number, choice: choices[1]!.id }]).text;
    const answered = parsePlan(text);
    const isOpen = (of: PlanFile) => openQuestions(of).some((question) => question.number === number);
    expect(isOpen(answered)).toBe(true);
    const tenant = answered.entities.flatMap(({ columns }) => columns).find(({ to }) => to === 'tenant')!;
    tenant.transform = { kind: 'constant', value: '\\x01' };
    expect(isOpen(answered)).toBe(false);
    const merge = questionOf('rack')!;
    const no = merge.choices.find(({ waitsFor }) => waitsFor === 'merge')!;
    const unmerged = parsePlan(
      answerQuestions(writePlan(plan), [{ number: merge.number, choice: no.id }]).text,
    );
    const stillOpen = () => openQuestions(unmerged).some((question) => question.number === merge.number);
    expect(stillOpen()).toBe(true);
    unmerged.entities.find(({ name }) => name === 'racks')!.merge = { by: ['label'], onMatch: 'keep' };
    expect(stillOpen()).toBe(false);
  });
});
