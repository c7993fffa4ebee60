/** The guided migration over the API: cards are answered one at a time, approvals are decided beside them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApprovalDecided, Approvals } from '../../../server/shapes/approvals.ts';
import type { GuideView } from '../../../server/shapes/guide.ts';
import type { MigrationSummary, MigrationView } from '../../../server/shapes/migrations.ts';
import type { Problem } from '../../../server/shapes/problem.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { smallSample } from '../../scenarios/agents/small-sample.ts';
import { type Api, openApi, people, productSource } from './api.ts';

const source = useTestDatabase(smallSample);
const target = useTestDatabase('supabase');

const at = '/migrations/sample';
let api: Api;

beforeAll(async () => {
  api = openApi([productSource('sample', { source, target })]);
  await api.post(`${at}/open`);
  await api.migrations.desk('sample');
});
afterAll(() => api.migrations.close());

async function resting(): Promise<GuideView> {
  for (let tries = 0; tries < 600; tries++) {
    const { body } = await api.get<GuideView>(`${at}/guide`);
    if (body.state !== 'working') return body;
    await sleep(200);
  }
  throw new Error('The guide did not come to rest.');
}

test('from the first card to the approved rehearsal', async () => {
  expect((await api.get<GuideView>(`${at}/guide`)).body.state).toBe('not-begun');
  await Promise.all([api.post(`${at}/guide/start`), api.post(`${at}/guide/start`)]);
  let decided: ApprovalDecided | null = null;
  for (let cards = 0; cards < 40 && decided === null; cards++) {
    const view = await resting();
    expect(view.state).toBe('waiting');
    if (view.card?.kind !== 'approval') {
      const [first] = view.choices;
      await api.post(`${at}/guide/answer`, { answer: first!.id, cardId: view.cardId });
      continue;
    }
    const { approval } = view.card;
    expect((await api.get<MigrationSummary[]>('/migrations')).body[0]).toMatchObject({
      waiting: { kind: 'approval', text: approval.title },
    });
    for (const answer of ['yes', 'approve', 'grant'])
      await api.post(`${at}/guide/answer`, { answer, cardId: view.cardId }, 'approver');
    expect((await api.get<Approvals>(`${at}/approvals`)).body[0], 'words decide nothing').toMatchObject({
      id: approval.id,
      state: 'requested',
    });
    const answer = await api.post<ApprovalDecided>(
      `${at}/approvals/${approval.id}`,
      { decision: 'grant' },
      'approver',
    );
    decided = answer.body;
  }
  expect(decided).toMatchObject({ card: { action: 'rehearse', decidedBy: people.approver } });
  expect(decided!.guide, 'the guide goes on with it at once').not.toBeNull();
  const next = await resting();
  expect(next.state).toBe('waiting');
  const { body } = await api.get<MigrationView>(at);
  expect(body.journey?.rehearsal).toMatchObject({ status: 'passed' });
});

test('a late answer counts for no other card, and one without its card is no answer', async () => {
  const before = await resting();
  await api.post(`${at}/guide/answer`, { answer: before.choices[0]!.id, cardId: 'a card of before' });
  expect((await resting()).cardId).toBe(before.cardId);
  const none = await api.post<Problem>(`${at}/guide/answer`, { answer: before.choices[0]!.id });
  expect(none.body).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
});

test('leaving ends the guiding', async () => {
  const { body } = await api.post<GuideView>(`${at}/guide/leave`);
  expect(['ended', 'not-begun', 'interrupted']).toContain(body.state);
});
