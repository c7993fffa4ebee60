import { expect, test } from 'vitest';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import { isTyped, needsTypedWords, standingOf } from '../../../web/parts/cards/approval-standing.ts';

const card: ApprovalCard = {
  id: 'a',
  action: 'migrate',
  state: 'requested',
  title: 'Move',
  effect: [],
  maxRows: 10,
  reversible: { answer: 'yes', how: '' },
  inTarget: '',
  needsReason: false,
  planHash: 'p1',
  sourceFingerprint: null,
  targetFingerprint: null,
  runId: null,
  requestedBy: 'x',
  requestedAt: '2026-11-21T10:00:00Z',
  expiresAt: '2026-11-22T10:00:00Z',
  decidedBy: null,
  decidedAt: null,
  reason: null,
};
const seen = { role: 'approver', planHash: 'p1', now: new Date('2026-11-21T12:00:00Z') } as const;

test('only an approver is asked', () => {
  expect(standingOf(card, seen)).toBe('waiting');
  expect(standingOf(card, { ...seen, role: 'operator' })).toBe('viewer');
  expect(standingOf(card, { ...seen, role: 'viewer' })).toBe('viewer');
});

test('nobody is asked for a plan that has changed, or after its time', () => {
  expect(standingOf(card, { ...seen, planHash: 'p2' })).toBe('plan-changed');
  expect(standingOf({ ...card, state: 'granted' }, { ...seen, planHash: 'p2' })).toBe('plan-changed');
  expect(standingOf(card, { ...seen, now: new Date('2026-11-22T10:00:00Z') })).toBe('expired');
  expect(standingOf({ ...card, state: 'expired' }, seen)).toBe('expired');
});

test('what was decided stays decided, whatever became of the plan', () => {
  const later = { ...seen, planHash: 'p2', now: new Date('2027-01-01T00:00:00Z') };
  expect(standingOf({ ...card, state: 'declined' }, later)).toBe('not-now');
  expect(standingOf({ ...card, state: 'used' }, later)).toBe('approved');
});

test('a card about a run keeps the plan that the run began with', () => {
  expect(standingOf({ ...card, action: 'sign-off' }, { ...seen, planHash: 'p2' })).toBe('waiting');
});

test('what cannot be taken back needs typed words; a signature has its own place', () => {
  const never = { answer: 'no', how: '' } as const;
  expect(needsTypedWords({ ...card, action: 'clean-up', reversible: never })).toBe(true);
  expect(needsTypedWords({ ...card, action: 'sign-off', reversible: never })).toBe(false);
  expect(needsTypedWords(card)).toBe(false);
});

test('typed words count as a person types them, and nothing typed never does', () => {
  expect(isTyped('  Lab   Records ', 'lab records')).toBe(true);
  expect(isTyped('lab', 'lab records')).toBe(false);
  expect(isTyped('', '')).toBe(false);
});
