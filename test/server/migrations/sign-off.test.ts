/** Signing: in the name of the session, once, whether the guided migration waits for it or not. */
import { expect, test } from 'vitest';
import type { ApprovalCard, ApprovalDecision } from '../../../engine/contract/approvals.ts';
import type { GuideView } from '../../../engine/contract/guide.ts';
import type { Desk } from '../../../server/migrations/migrations.ts';
import { type Signature, signOff, signOffState } from '../../../server/migrations/sign-off.ts';
import { sampleReport } from '../../engine/report/sample-report.ts';
import { card as anyCard, createFakeJourney, question, stateNow } from '../../helpers/fake-journey.ts';

const report = sampleReport();
const { runId } = report.run;
const card: ApprovalCard = { ...anyCard, id: 's-1', action: 'sign-off', runId };
const signature: Signature = {
  by: 'Ada Approve',
  name: 'Marta Lindqvist',
  note: 'Looks right.',
  statements: ['read-not-moved', 'read-not-checked'],
  reading: signOffState(report, stateNow, []).reading,
};

function desk(options: { readonly guideWaits: boolean }) {
  let now = card;
  const decisions: ApprovalDecision[] = [];
  const use = () => {
    now = { ...now, state: 'used' };
    return now;
  };
  const { journey, calls } = createFakeJourney({
    requestApproval: async () => ({ words: 'Asked.', data: now, choices: [] }),
    signOff: async () => ({ status: 'done', told: { words: 'Signed.', data: use(), choices: [] } }),
  });
  const engine = {
    report: async () => report,
    approvals: async () => [now],
    decideApproval: async (_: string, decision: ApprovalDecision) => {
      decisions.push(decision);
      now = { ...now, state: 'granted', decidedBy: decision.by, reason: decision.reason ?? null };
      return now;
    },
  };
  const waiting: GuideView = {
    ...question,
    card: { kind: 'approval', step: 'sign-off', approval: { ...card } },
    cardId: 'c-9',
  };
  const guide = {
    current: async () => (options.guideWaits ? waiting : question),
    continue: async () => {
      use();
      return { ...question, state: 'ended' as const, card: null };
    },
  };
  const made = { desk: engine, guide, opened: { engine, journey } } as unknown as Desk;
  return { made, decisions, called: () => calls.map(([name]) => name) };
}

test.each([true, false])(
  'signed by the session, the typed name beside it (guide waits: %s)',
  async (guideWaits) => {
    const { made, decisions, called } = desk({ guideWaits });
    const answer = await signOff(made, signature);
    expect(answer).toMatchObject({
      status: 'done',
      told: { data: { state: 'used', decidedBy: 'Ada Approve' } },
    });
    expect(decisions).toEqual([
      {
        decision: 'grant',
        by: 'Ada Approve',
        reason:
          'Signed as Marta Lindqvist. Has read which rows are not in the new system and what was not checked. Looks right.',
      },
    ]);
    expect(called().includes('signOff'), 'it is used up once').toBe(!guideWaits);
  },
);

test('what was not read is not signed', async () => {
  const { made, decisions, called } = desk({ guideWaits: false });
  const half = signOff(made, { ...signature, statements: ['read-not-checked'] });
  await expect(half).rejects.toMatchObject({ code: 'STATEMENT_REQUIRED' });
  expect([decisions, called()]).toEqual([[], ['run']]);
});

test('a proof that is not the one that was read is not signed', async () => {
  const { made, decisions } = desk({ guideWaits: false });
  const later = sampleReport();
  const validation = { ...later.validation!, timestamp: '2027-01-01T00:00:00.000Z' };
  const { reading } = signOffState({ ...later, validation }, stateNow, []);
  await expect(signOff(made, { ...signature, reading })).rejects.toMatchObject({ code: 'PROOF_CHANGED' });
  expect(decisions).toEqual([]);
});

test('ready, signed, or why not', () => {
  const run = { ...stateNow.run!, runId } as NonNullable<typeof stateNow.run>;
  const ready = { ...stateNow, step: 'sign-off' as const, run };
  expect(signOffState(report, ready, [])).toMatchObject({ state: 'ready', card: null, reason: null });
  const early = { ...ready, step: 'validate' as const, next: 'Next: compare.' };
  expect(signOffState(report, early, [])).toMatchObject({ state: 'not-ready', reason: 'Next: compare.' });
  expect(signOffState(report, early, [card])).toMatchObject({ state: 'ready', card: { id: 's-1' } });
  const used = { ...card, state: 'used' as const, decidedBy: 'Ada', decidedAt: '2026-11-12T10:00:00Z' };
  expect(signOffState(report, ready, [used])).toMatchObject({ state: 'signed', by: 'Ada' });
  const other = { ...ready, run: { ...run, runId: 'another' } };
  expect(signOffState(report, other, [])).toMatchObject({ state: 'not-ready' });
});
