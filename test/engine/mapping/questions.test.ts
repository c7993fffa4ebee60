/** What a suggested plan asks, on the sample and on tables made for it; and that every answer leads to a plan that fits, and back. */
import { beforeAll, describe, expect, test } from 'vitest';
import { proposeEntity } from '../../../engine/mapping/propose-entity.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { answerQuestions, recommendedAnswers } from '../../../engine/plan/changes/answer-question.ts';
import { changePlan } from '../../../engine/plan/changes/change-plan.ts';
import type { PlanChange } from '../../../engine/plan/changes/plan-change.ts';
import type { ProposeEntity } from '../../../engine/plan/changes/take-in-table.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import { openQuestions } from '../../../engine/plan/open-questions.ts';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { planHash } from '../../../engine/plan/plan-hash.ts';
import { transformsOf } from '../../../engine/plan/transforms.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { createSample } from '../../../sample/create-sample.ts';
import { defineTemplate, useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from '../schema/open-source.ts';

const template = defineTemplate('sample_for_plans', async (url) => {
  await createSample(url, { scale: 0.002 });
});
const legacy = useTestDatabase(template);
let catalog: Catalog;
let plan: PlanFile;
let text: string;

beforeAll(async () => {
  catalog = await withSource(legacy, (source) => introspect(source, { schemas: ['public'] }));
  plan = createPlan(catalog, { migration: 'sample', today: '2026-01-02' });
  text = writePlan(plan);
});

const propose: ProposeEntity = (now, table) => proposeEntity(catalog, now, table);

describe('questions of the sample', () => {
  test('few, numbered from 1, required ones first, each with a recommended answer that the plan holds', () => {
    expect(plan.questions.map(({ number }) => number)).toEqual(plan.questions.map((_, i) => i + 1));
    expect(plan.questions.length).toBeLessThanOrEqual(10);
    const required = plan.questions.map((question) => question.required);
    expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
    for (const question of plan.questions) {
      expect(question.applied).toBe(question.recommended);
      expect(question.answer).toBeNull();
    }
    expect(plan.questions.map((question) => question.text)).toMatchInlineSnapshot(`
      [
        "7 tables of the old software itself would stay behind, with about 339 records: auth_permission, django_migrations, django_content_type, django_admin_log, auth_user_groups and 2 more. May they stay behind?",
        "The passwords in password of profiles would stay behind. Is that right?",
        "49 fields hold a date and time without saying in which time zone: categories.created_at, offices.created_at, offices.updated_at, profiles.last_login, profiles.date_joined and 44 more. On which clock were they written?",
        "2 fields look like links that no rule of the old database declares: jaws.order_id to orders and payments.purchase_id to purchases. Are they?",
        "patients_doctors_offices has no key, so the same record may stand there twice. Should all of them move?",
      ]
    `);
  });

  test('answering all as recommended changes nothing but the answers', () => {
    const answered = answerQuestions(text, recommendedAnswers(plan), propose);
    const now = parsePlan(answered.text);
    expect(openQuestions(now)).toEqual([]);
    expect(planHash(now)).toBe(planHash(plan));
    expect(answered.answered.flatMap(({ changes }) => changes)).toEqual([]);
  });

  test('every other answer changes the plan, leaves one that fits, and leads back', () => {
    for (const question of plan.questions)
      for (const choice of question.choices) {
        if (choice.id === question.recommended) continue;
        const other = answerQuestions(text, [{ number: question.number, choice: choice.id }], propose);
        const now = parsePlan(other.text);
        const where = `${question.number}${choice.id}: ${question.text}`;
        expect(planHash(now), where).not.toBe(planHash(plan));
        expect(
          checkPlan(now, catalog).filter(({ severity }) => severity === 'error'),
          where,
        ).toEqual([]);
        const back = answerQuestions(
          other.text,
          [{ number: question.number, choice: question.recommended }],
          propose,
        );
        expect(meaning(parsePlan(back.text)), where).toEqual(meaning(plan));
      }
  });
});

describe('an answer to a question about several columns', () => {
  const links = () => plan.questions.find(({ text: asked }) => asked.includes('look like links'))!;
  const jaw = (of: PlanFile) => of.entities.find(({ name }) => name === 'jaws')!;

  test('leaves the one alone that somebody has changed or left out since, and says so', () => {
    const byHand = structuredClone(plan);
    const reference = byHand.entities
      .find(({ name }) => name === 'payments')!
      .columns.find(({ from }) => from === 'purchase_id')!;
    Object.assign(reference, { type: 'text', transform: { kind: 'mask', style: 'redact' } });
    const both = changePlan(writePlan(byHand), {
      ...{ kind: 'leave-out-column', entity: 'jaws', column: 'order_id', reason: 'of no use' },
    } as PlanChange).text;
    const other = links().choices.find(({ id }) => id !== links().recommended)!;
    const { text: now, answered } = answerQuestions(both, [{ number: links().number, choice: other.id }]);
    const after = parsePlan(now);
    expect(jaw(after)).toEqual(jaw(parsePlan(both)));
    expect(after.entities.find(({ name }) => name === 'payments')).toEqual(
      parsePlan(both).entities.find(({ name }) => name === 'payments'),
    );
    expect(answered[0]!.changes.map((change) => change.after)).toEqual([
      expect.stringMatching(/ of jaws was changed since this was asked, and stays as it is\.$/),
      expect.stringMatching(/ of payments was changed since this was asked, and stays as it is\.$/),
    ]);
  });

  test('keeps to the clock that was chosen before', () => {
    const clock = plan.questions.find(({ text: asked }) => asked.includes('clock'))!;
    const held = structuredClone(plan);
    const column = jaw(held).columns.find((item) => transformsOf(item)[0]!.kind === 'time-zone')!;
    held.questions.push({
      ...links(),
      number: 99,
      choices: links().choices.map((choice) => ({
        ...choice,
        changes: [{ kind: 'put-column' as const, entity: 'jaws', column }],
      })),
    });
    const now = parsePlan(
      answerQuestions(writePlan(held), [{ number: clock.number, choice: 'Europe/Berlin' }]).text,
    );
    const said = now.questions.at(-1)!.choices.flatMap(({ changes }) => changes);
    expect(said.length).toBeGreaterThan(1);
    for (const change of said)
      expect(change).toMatchObject({ column: { transform: { kind: 'time-zone', zone: 'Europe/Berlin' } } });
  });
});

/** Without the order of lists that a change may write anew, and without answers. */
function meaning({ questions: _asked, ...said }: PlanFile): unknown {
  const sort = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sort).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .sort()
              .map(([key, item]) => [key, sort(item)]),
          )
        : value;
  return sort({ ...said, estimate: null });
}
