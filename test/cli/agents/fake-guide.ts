/** A guide without model, databases and Mastra: says what the test tells it to, and remembers what it was asked. */

import type { Conversation, Exchange } from '../../../desk/conversation.ts';
import type { GuideAtHand } from '../../../desk/guide-at-hand.ts';
import type { TurnPart } from '../../../desk/turn-parts.ts';
import type { ApprovalCard, ApprovalDecision } from '../../../engine/contract/approvals.ts';
import type { GuideAnswer, GuideView } from '../../../engine/contract/guide.ts';
import type { RunStatus } from '../../../engine/contract/run.ts';
import { MigrationError } from '../../../engine/core/errors.ts';
import { runFactsOf } from '../../../engine/journey/run-facts.ts';
import { fakeState } from './fake-state.ts';

export interface FakeGuide {
  readonly hand: GuideAtHand;
  readonly conversation: Conversation;
  readonly said: string[];
  readonly notes: string[];
  readonly decisions: { id: string; decision: ApprovalDecision }[];
  readonly answers: GuideAnswer[];
  /** Changed by the test while it runs. */
  cards: ApprovalCard[];
  view: GuideView;
  /** What `continue` comes to; the view as it is where null. */
  next: GuideView | null;
  run: RunStatus | null;
  closed: boolean;
}

export interface FakeWords {
  readonly last?: Exchange | null;
  readonly say?: (text: string, fake: FakeGuide) => readonly TurnPart[];
}

export const spoken = (text: string): TurnPart => ({ kind: 'text', agent: 'orchestrator', text });

export function createFakeGuide(words: FakeWords = {}): FakeGuide {
  const say = words.say ?? ((text) => [spoken(`You said: ${text}`)]);
  const fake: FakeGuide = {
    said: [],
    notes: [],
    decisions: [],
    answers: [],
    cards: [],
    view: fakeView(),
    next: null,
    run: null,
    closed: false,
    conversation: {
      threadId: 't1',
      last: async () => words.last ?? null,
      async *say(text) {
        fake.said.push(text);
        yield* say(text, fake);
      },
      note: async (note) => void fake.notes.push(note),
      past: async () => ({ messages: [], more: false }),
    },
    hand: {
      voice: { name: 'offline guide (no AI model)', offline: true },
      endsWithUs: false,
      desk: {
        approvals: async ({ states } = {}) =>
          fake.cards.filter((card) => states === undefined || states.includes(card.state)),
        async decideApproval(id, decision) {
          fake.decisions.push({ id, decision });
          const card = fake.cards.find((known) => known.id === id);
          if (card?.state !== 'requested') throw decidedAlready;
          const state = decision.decision === 'grant' ? 'granted' : 'declined';
          const decided: ApprovalCard = {
            ...card,
            state,
            decidedBy: decision.by,
            reason: decision.reason ?? null,
          };
          fake.cards = fake.cards.map((known) => (known.id === id ? decided : known));
          return decided;
        },
      },
      guide: {
        start: async () => fake.view,
        current: async () => fake.view,
        leave: async () => fake.view,
        async continue(answer) {
          fake.answers.push(answer);
          fake.view = fake.next ?? fake.view;
          fake.next = null;
          return fake.view;
        },
      },
      runs: {
        async status() {
          if (fake.run === null) throw noRun;
          return fake.run;
        },
        async requestPause() {
          if (fake.run !== null) fake.run = { ...fake.run, state: 'paused', alive: false };
        },
      },
      journey: {
        state: async () => stateOf(fake),
        whereWeAre: async () => ({
          words: 'We are at the rehearsal.\nNothing is in the new system.',
          data: stateOf(fake),
          choices: [],
        }),
      },
      converse: async () => fake.conversation,
      async close() {
        fake.closed = true;
      },
    },
  };
  return fake;
}

function stateOf({ cards, run }: FakeGuide) {
  return fakeState({ approvals: waiting(cards), run: run === null ? null : runFactsOf(run) });
}

function waiting(cards: readonly ApprovalCard[]) {
  return cards
    .filter((card) => card.state === 'requested')
    .map((card) => ({ ...card, effect: [...card.effect] }));
}

const decidedAlready = new MigrationError({
  code: 'APPROVAL_DECIDED',
  message: 'This approval was decided already.',
  hint: 'Look at what waits now.',
});
const noRun = new MigrationError({ code: 'NO_RUN', message: 'There is no run.', hint: 'Start one.' });

export function fakeView(more: Partial<GuideView> = {}): GuideView {
  return {
    state: 'not-begun',
    guideId: null,
    card: null,
    cardId: null,
    words: 'Nothing has begun.',
    choices: [],
    outcome: null,
    ...more,
  };
}

export function approvalView(card: ApprovalCard): GuideView {
  return fakeView({
    state: 'waiting',
    guideId: 'g1',
    cardId: `card-${card.id}`,
    card: { kind: 'approval', step: 'rehearse', approval: { ...card, effect: [...card.effect] } },
    words: 'I need an approval.',
  });
}

export function fakeCard(more: Partial<ApprovalCard> = {}): ApprovalCard {
  return {
    id: 'a1',
    action: 'rehearse',
    state: 'requested',
    title: 'Rehearse with 500 records of each kind.',
    effect: ['A scratch area is made and dropped again.', 'Nothing else changes.'],
    maxRows: 86_214,
    reversible: { answer: 'yes', how: 'The scratch area is dropped.' },
    inTarget: 'Nothing of this migration is in the new system.',
    needsReason: false,
    planHash: 'f00d'.repeat(16),
    sourceFingerprint: null,
    targetFingerprint: null,
    runId: null,
    requestedBy: 'migration-execution',
    requestedAt: '2026-11-12T10:00:00.000Z',
    expiresAt: '2026-11-13T10:00:00.000Z',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...more,
  };
}
