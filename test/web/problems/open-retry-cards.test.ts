import { expect, test } from 'vitest';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import { openRetries } from '../../../web/screens/problems/open-retry-cards.ts';

const card = (id: string, given: Partial<ApprovalCard> = {}): ApprovalCard => ({
  ...{ id, action: 'retry-quarantine', state: 'granted', title: '', effect: [], maxRows: 1 },
  ...{ reversible: { answer: 'yes', how: '' }, inTarget: '', needsReason: false, planHash: '' },
  ...{ sourceFingerprint: null, targetFingerprint: null, runId: 'r-1', requestedBy: '', requestedAt: '' },
  ...{ expiresAt: '2026-11-13T10:00:00.000Z', decidedBy: null, decidedAt: null, reason: null },
  ...given,
});

test('what was asked for elsewhere is shown until it is used up, over, or stands with its cause', () => {
  const cards = [
    card('granted'),
    card('asked', { state: 'requested' }),
    card('here'),
    card('used', { state: 'used' }),
    card('over', { expiresAt: '2026-11-11T10:00:00.000Z' }),
    card('of another run', { runId: 'r-0' }),
    card('of something else', { action: 'rollback' }),
  ];
  const wanted = { runId: 'r-1', asked: new Set(['here']), now: new Date('2026-11-12T10:00:00.000Z') };
  expect(openRetries(cards, wanted).map(({ id }) => id)).toEqual(['granted', 'asked']);
});
