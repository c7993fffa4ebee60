import { expect, test } from 'vitest';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import { newestBeside } from '../../../web/screens/guide/approval-beside.ts';

const seen = { role: 'approver', planHash: 'p', now: new Date('2026-11-21T12:00:00Z') } as const;

function card(id: string, requestedAt: string, more: Partial<ApprovalCard> = {}): ApprovalCard {
  return {
    id,
    action: 'rollback',
    state: 'requested',
    title: id,
    effect: [],
    maxRows: 1,
    reversible: { answer: 'no', how: '' },
    inTarget: '',
    needsReason: false,
    planHash: 'p',
    sourceFingerprint: null,
    targetFingerprint: null,
    runId: null,
    requestedBy: 'x',
    requestedAt,
    expiresAt: '2026-11-22T10:00:00Z',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...more,
  };
}

const early = '2026-11-21T08:00:00Z';
const late = '2026-11-21T11:00:00Z';

test('of all that wait, the newest is the one that is asked', () => {
  const guided = { kind: 'approval', step: 'sign-off', approval: card('own', early) } as const;
  const cards = [card('own', early), card('late', late), card('early', early)];
  expect(newestBeside(cards, guided, seen)?.id).toBe('late');
  expect(
    newestBeside([card('own', late), card('early', early)], { ...guided, approval: card('own', late) }, seen),
  ).toBeNull();
});

test('what is decided, expired or about another plan keeps nobody from the next step', () => {
  const cards = [
    card('declined', late, { state: 'declined' }),
    card('expired', late, { expiresAt: early }),
    card('other plan', late, { action: 'migrate', planHash: 'q' }),
  ];
  expect(newestBeside(cards, null, seen)).toBeNull();
});
