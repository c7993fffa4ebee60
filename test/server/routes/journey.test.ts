/** From the first look to the signed proof over the API alone, on the small sample with its planted defects. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApprovalCard, ApprovalDecided } from '../../../server/shapes/approvals.ts';
import type { Connections } from '../../../server/shapes/connections.ts';
import type { RowStory } from '../../../server/shapes/findings.ts';
import type { MigrationView } from '../../../server/shapes/migrations.ts';
import type {
  EntityView,
  FoundFields,
  PlanChangeAnswer,
  PlanDifference,
  PlanView,
} from '../../../server/shapes/plan.ts';
import type { Problem } from '../../../server/shapes/problem.ts';
import type { Proof, SignOffAnswer } from '../../../server/shapes/proof.ts';
import type { FixTrial, Quarantine, RetryAnswer, Revealed } from '../../../server/shapes/quarantine.ts';
import type { Answered, Questions } from '../../../server/shapes/questions.ts';
import type { History, Runs, RunView } from '../../../server/shapes/runs.ts';
import type { StepAnswer, StepName, UndoPreview } from '../../../server/shapes/steps.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { smallSample } from '../../scenarios/agents/small-sample.ts';
import { type Api, openApi, people, productSource } from './api.ts';

const source = useTestDatabase(smallSample);
const target = useTestDatabase('supabase');

const at = '/migrations/own';
let api: Api;
let sourceOfApi: ReturnType<typeof productSource>;

beforeAll(async () => {
  sourceOfApi = productSource('own', { source, target });
  api = openApi([sourceOfApi]);
  await api.post(`${at}/open`);
  await api.migrations.desk('own');
});
afterAll(() => api.migrations.close());

async function ok<Body>(answer: Promise<{ status: number; body: Body; text: string }>): Promise<Body> {
  const { status, body, text } = await answer;
  expect(status, text.slice(0, 2000)).toBe(200);
  return body;
}

const step = (name: StepName) => ok(api.post<StepAnswer>(`${at}/steps/${name}`));

/** The card that a step is waiting for, decided by the approver. */
async function approved(name: StepName): Promise<ApprovalDecided> {
  const answer = await step(name);
  expect(answer).toMatchObject({ status: 'needs-approval', step: name, card: { state: 'requested' } });
  return grant((answer as Extract<StepAnswer, { status: 'needs-approval' }>).card.id);
}

async function grant(id: string): Promise<ApprovalDecided> {
  const decision = { decision: 'grant', reason: 'seen and understood' };
  const decided = await ok(api.post<ApprovalDecided>(`${at}/approvals/${id}`, decision, 'approver'));
  expect(decided.card).toMatchObject({ state: 'granted', decidedBy: people.approver });
  return decided;
}

async function untilStill(): Promise<RunView> {
  for (let tries = 0; tries < 600; tries++) {
    const view = await ok(api.get<RunView>(`${at}/runs/latest`));
    if (!view.data.alive && view.data.state !== 'approved') return view;
    await sleep(200);
  }
  throw new Error('The run did not come to an end.');
}

describe('the journey', () => {
  test('looks at both databases and says so in words', async () => {
    const checks = await ok(api.get<Connections>(`${at}/connections`, 'operator'));
    expect(checks.words).not.toBe('');
    expect(checks.data.map(({ status }) => status)).not.toContain('fail');
    expect((await api.get<Problem>(`${at}/plan`)).body).toMatchObject({ status: 404, code: 'PLAN_MISSING' });
    for (const path of ['runs/latest', 'quarantine', 'proof'])
      expect(await ok(api.get(`${at}/${path}`)), `${path}: not there yet, which is no error`).toMatchObject({
        data: null,
        words: expect.stringMatching(/^No move has been started/),
      });
    const unknown = await api.get<Problem>(`${at}/runs/run-7`);
    expect(unknown.status, 'one that was named, and is not there, is one').toBe(404);
    expect(await ok(api.get<Runs>(`${at}/runs`))).toEqual([]);
    expect(await step('analyse')).toMatchObject({ status: 'done', step: 'analyse' });
    expect(await step('plan')).toMatchObject({ status: 'done', step: 'plan' });
  });

  test('draws the plan, and every line of the picture leads to an entity of an earlier level or waits', async () => {
    const { data } = await ok(api.get<PlanView>(`${at}/plan`));
    const levels = new Map(data.picture.map(({ name, level }) => [name, level]));
    expect(data.picture).toHaveLength(data.entities);
    expect(data.approved).toBeNull();
    const lines = data.picture.flatMap(({ name, references }) => references.map((to) => ({ name, ...to })));
    expect(lines.length).toBeGreaterThan(40);
    for (const { name, entity, later } of lines) {
      expect(levels.has(entity), `${name} → ${entity}`).toBe(true);
      if (!later) expect(levels.get(entity)!, `${name} → ${entity}`).toBeLessThan(levels.get(name)!);
    }
    expect(data.picture.find(({ name }) => name === 'orders')).toMatchObject({
      title: 'Orders',
      from: 'dispatch_order',
    });
  });

  test('shows an entity with values before and after, personal ones masked', async () => {
    const { data } = await ok(api.get<EntityView>(`${at}/plan/entities/profiles`));
    expect(data.needs.length + data.neededBy.length).toBeGreaterThan(0);
    expect(data.withoutExamples).toBeNull();
    expect(data.personal).toContain('email');
    const emails = data.examples.email!.flatMap(({ before, after }) => [before, after]);
    expect(emails.length).toBeGreaterThan(0);
    const real = await source.query<{ email: string }>('select email from auth_user where email is not null');
    const known = new Set(real.map(({ email }) => email));
    expect(emails.filter((value) => value !== null && known.has(value))).toEqual([]);
    expect((await api.get<Problem>(`${at}/plan/entities/nothing-such`)).body.code).toBe('UNKNOWN_ENTITY');
  });

  test('a change can be tried without being made', async () => {
    const before = await ok(api.get<PlanView>(`${at}/plan`));
    const change = { kind: 'set-filter', entity: 'orders', where: 'id > 0' };
    const tried = await ok(api.post<PlanChangeAnswer>(`${at}/plan/changes`, { change, check: true }));
    expect(tried.data).toMatchObject({ changed: true, hashBefore: before.data.hash, mistakes: [] });
    expect(tried.data.hashAfter).not.toBe(before.data.hash);
    expect(tried.words).toContain('Nothing is written yet.');
    const nonsense = { ...change, where: 'nonsense = 1' };
    const wrong = await api.post<Problem>(`${at}/plan/changes`, { change: nonsense, check: true });
    expect(wrong.body).toMatchObject({ status: 400, code: 'CHANGE_REFUSED' });
    expect((await ok(api.get<PlanView>(`${at}/plan`))).data.hash).toBe(before.data.hash);
    const refused = await api.post<Problem>(`${at}/plan/changes`, {
      change: { kind: 'drop-table' },
      check: true,
    });
    expect(refused.body).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  });

  test('questions are answered one by one, and the rest as recommended', async () => {
    const asked = await ok(api.get<Questions>(`${at}/questions`));
    expect(asked.data.open).toBeGreaterThan(0);
    const { number, recommended } = asked.data.next!;
    const one = await ok(api.post<Answered>(`${at}/questions/${number}`, { choice: recommended }));
    expect(one.data.answered).toMatchObject([{ number, answer: recommended }]);
    const wrong = await api.post<Problem>(`${at}/questions/${number}`, { choice: 'perhaps' });
    expect(wrong.body).toMatchObject({ status: 400, code: 'UNKNOWN_CHOICE' });
    const rest = await ok(api.post<Answered>(`${at}/questions/recommended`));
    expect(rest.data.open).toBe(0);
  });

  test('an approval is given by an approver in their own name, and by nobody else', async () => {
    const answer = await step('rehearse');
    const { card } = answer as Extract<StepAnswer, { status: 'needs-approval' }>;
    const again = await ok(api.post<{ data: ApprovalCard }>(`${at}/approvals`, { action: 'rehearse' }));
    expect(again.data.id, 'the same wish is one card').toBe(card.id);
    const yes = { decision: 'grant', by: 'Somebody Else' };
    for (const role of ['viewer', 'operator'] as const)
      expect((await api.post<Problem>(`${at}/approvals/${card.id}`, yes, role)).body.code).toBe(
        'ROLE_REQUIRED',
      );
    expect(await ok(api.get<ApprovalCard[]>(`${at}/approvals`))).toMatchObject([
      { id: card.id, state: 'requested' },
    ]);
    const { card: decided } = await ok(
      api.post<ApprovalDecided>(`${at}/approvals/${card.id}`, yes, 'approver'),
    );
    expect(decided.decidedBy).toBe(people.approver);
    const twice = await api.post<Problem>(`${at}/approvals/${card.id}`, yes, 'approver');
    expect(twice.body).toMatchObject({ status: 409, code: 'APPROVAL_DECIDED' });
    expect((await api.post<Problem>(`${at}/approvals/nothing`, yes, 'approver')).body.code).toBe(
      'UNKNOWN_APPROVAL',
    );
    expect(await step('rehearse')).toMatchObject({ status: 'done', told: { data: { status: 'passed' } } });
  });

  test('the difference to the approved plan is told', async () => {
    const { data } = await ok(api.get<PlanView>(`${at}/plan`));
    expect(data.approved).toMatchObject({ hash: data.hash, by: people.approver, current: true });
    const same = await ok(api.get<PlanDifference>(`${at}/plan/difference`));
    expect(same.data.differences).toEqual([]);
    const unknown = await api.get<Problem>(`${at}/plan/difference?to=${'ab'.repeat(32)}`);
    expect(unknown.body).toMatchObject({ status: 404, code: 'UNKNOWN_PLAN' });
  });

  test('a field is found in whatever kind of record it stands', async () => {
    const { data } = await ok(api.get<FoundFields>(`${at}/plan/fields?find=mail`));
    expect(data.total).toBeGreaterThan(0);
    expect(data.fields.every(({ to, from }) => /mail/i.test(`${to} ${from}`))).toBe(true);
    expect((await api.get<Problem>(`${at}/plan/fields?find=e`)).body.status).toBe(400);
  });

  test('two who start at once start one run, in a process of its own', async () => {
    await approved('start');
    const both = await Promise.all([step('start'), step('start')]);
    const ids = both.map((answer) => (answer as { told: { data: { runId: string } } }).told.data.runId);
    expect(ids[0]).toBe(ids[1]);
    const still = await untilStill();
    expect(await ok(api.get<Runs>(`${at}/runs`))).toHaveLength(1);
    expect(still.data, 'the planted defects close a gate').toMatchObject({ runId: ids[0], gateClosed: true });
    const { progress, byLevel } = still.data;
    expect(byLevel[still.data.level]).toMatchObject({ state: 'stopped' });
    expect(byLevel.slice(0, still.data.level).every(({ state }) => state === 'passed')).toBe(true);
    expect(progress.rowsTotal, 'levels to come count too').toBeGreaterThan(progress.rowsDone);
    expect(progress.rowsChecked).toBeLessThanOrEqual(progress.rowsDone);
    expect(progress).toMatchObject({ secondsLeft: null, rowsPerSecond: null });
    const { rows } = (await ok(api.get<PlanView>(`${at}/plan`))).data;
    expect(progress.rowsTotal).toBeGreaterThan(rows / 2);
  });

  test('what was set aside is shown by cause, tried and told masked', async () => {
    const { data: cards } = await ok(api.get<Quarantine>(`${at}/quarantine`));
    expect(cards.length).toBeGreaterThan(0);
    const fixable = cards.filter(({ suggestion }) => suggestion !== null).map(({ id }) => id);
    const trial = await ok(api.post<FixTrial>(`${at}/quarantine/try`, { cards: fixable, suggested: true }));
    expect(trial.data.rows).toBeGreaterThan(0);
    const unknown = await api.post<Problem>(`${at}/quarantine/try`, {
      cards: ['00000000'],
      suggested: false,
    });
    expect(unknown.body.code).toBe('UNKNOWN_CARD');
    const retry = await ok(
      api.post<RetryAnswer>(`${at}/quarantine/retry`, { cards: fixable, suggested: true }),
    );
    expect(retry.status).toBe('needs-approval');
  });

  test('values are revealed to an approver with a reason, and the audit log says so', async () => {
    const { data: cards } = await ok(api.get<Quarantine>(`${at}/quarantine`));
    const card = cards.find(({ samples }) => samples.length > 0)!;
    const request = { card: card.id, reason: 'to call the office' };
    const refused = await api.post<Problem>(`${at}/quarantine/reveal`, request, 'operator');
    expect(refused.body.code).toBe('ROLE_REQUIRED');
    const short = await api.post<Problem>(`${at}/quarantine/reveal`, { ...request, reason: ' ' }, 'approver');
    expect(short.body.code).toBe('BAD_REQUEST');
    const { engine } = sourceOfApi.product();
    expect((await engine.auditLog(5)).map(({ action }) => action)).not.toContain('values.revealed');
    const shown = await ok(api.post<Revealed>(`${at}/quarantine/reveal`, request, 'approver'));
    expect(shown).toMatchObject({ card: card.id, entity: card.entity, by: people.approver });
    expect(shown.rows.length).toBeGreaterThan(0);
    const [entry] = await engine.auditLog(1);
    expect(entry).toMatchObject({
      actor: people.approver,
      action: 'values.revealed',
      details: { card: card.id, reason: 'to call the office' },
    });
    const values = shown.rows.flatMap(({ value }) => value ?? []);
    expect(values.length).toBeGreaterThan(0);
    expect(JSON.stringify(entry)).not.toContain(values[0]);
  });

  test('past the gate needs a reason, then the move goes on to its end', async () => {
    for (let gates = 0; gates < 12; gates++) {
      const { data } = await untilStill();
      if (!data.gateClosed) break;
      await approved('accept-set-aside');
      expect(await step('accept-set-aside')).toMatchObject({ status: 'done' });
      await step('resume');
    }
    const { data } = await untilStill();
    expect(data.state).toBe('completed');
    expect(data.byLevel.every(({ state }) => state === 'passed')).toBe(true);
    expect(data.progress.rowsChecked).toBe(data.progress.rowsDone);
    expect(data.throughput.length).toBeGreaterThan(0);
  });

  test('one row tells its story by the form of its values', async () => {
    const [row] = await source.query<{ id: number; email: string }>(
      "select id, email from auth_user where email like '%@%' order by id limit 1",
    );
    const story = await ok(api.get<RowStory>(`${at}/rows/profiles/${row!.id}`));
    expect(story.data).toMatchObject({ entity: 'profiles', legacyId: String(row!.id) });
    expect(JSON.stringify(story)).not.toContain(row!.email);
  });

  test('the proof says what holds and what does not, and can be signed once by an approver', async () => {
    expect(await step('validate')).toMatchObject({ status: 'done', step: 'validate' });
    expect(await step('report')).toMatchObject({ status: 'done', step: 'report' });
    const { journey } = await ok(api.get<MigrationView>(at));
    expect(journey!.report, 'names of files, not where they lie').toHaveLength(3);
    expect(journey!.report.filter((file) => /[/\\]/.test(file))).toEqual([]);
    const proof = await ok(api.get<Proof>(`${at}/proof`));
    expect(proof.tables.reduce((sum, { moved }) => sum + moved, 0)).toBe(proof.totals.moved);
    expect(proof.money.length).toBeGreaterThan(0);
    expect(proof.samples.length).toBeGreaterThan(0);
    expect(proof.approvals.map(({ approver }) => approver)).toContain(people.approver);
    expect(proof.signOff).toMatchObject({ state: 'ready', by: null });
    expect(proof.signOff.statements).toContain('read-not-moved');
    const typed = { name: 'Marta Lindqvist', note: 'Looks right.' };
    const early = await api.post<Problem>(
      `${at}/sign-off`,
      { ...typed, reading: proof.signOff.reading, statements: [] },
      'approver',
    );
    expect(early.body).toMatchObject({ status: 400, code: 'STATEMENT_REQUIRED' });
    const { statements, reading } = proof.signOff;
    const old = { ...typed, statements, reading: 'another' };
    expect((await api.post<Problem>(`${at}/sign-off`, old, 'approver')).body.code).toBe('PROOF_CHANGED');
    const signature = { ...typed, statements, reading };
    expect((await api.post<Problem>(`${at}/sign-off`, signature)).body.code).toBe('ROLE_REQUIRED');
    const signed = await ok(api.post<SignOffAnswer>(`${at}/sign-off`, signature, 'approver'));
    expect(signed).toMatchObject({
      status: 'done',
      told: { data: { state: 'used', decidedBy: people.approver } },
    });
    const after = await ok(api.get<Proof>(`${at}/proof`));
    expect(after.signOff).toMatchObject({ state: 'signed', by: people.approver });
    expect(after.signOff.note).toContain('Marta Lindqvist');
    expect((await ok(api.get<MigrationView>(at))).step).toBe('done');
  });

  test('samples of the proof hold no personal value', async () => {
    const { samples } = await ok(api.get<Proof>(`${at}/proof`));
    const shown = samples.flatMap(({ fields }) => fields.flatMap(({ before, after }) => [before, after]));
    const real = await source.query<{ value: string }>(
      'select email as value from auth_user union select first_name from auth_user union select last_name from auth_user',
    );
    const known = new Set(real.map(({ value }) => value).filter((value) => value !== null && value !== ''));
    expect(shown.filter((value) => value !== null && known.has(value))).toEqual([]);
  });

  test('the report comes as a file in each form', async () => {
    const { runId, reports } = await ok(api.get<Proof>(`${at}/proof`));
    expect(reports).toHaveLength(3);
    for (const { path, format } of reports) {
      const { status, type, text } = await api.get<string>(`${at}${path}`);
      expect([status, type]).toEqual([200, expect.stringMatching(/^(text|application)\//)]);
      expect(text, format).toContain(runId);
    }
    expect((await api.get<Problem>(`${at}/reports/..%2F..%2Fpackage.json`)).status).toBe(400);
    expect((await api.get<Problem>(`${at}/reports/nothing.html`)).body.code).toBe('UNKNOWN_RUN');
  });

  test('undoing is shown before it is done, and what happened stands in words', async () => {
    const preview = await ok(api.get<UndoPreview>(`${at}/undo`));
    expect(preview.data.removed).toBeGreaterThan(0);
    const past = await ok(api.get<History>(`${at}/history?limit=200`));
    expect(past.data.map(({ who }) => who)).toContain(people.approver);
  });
});
