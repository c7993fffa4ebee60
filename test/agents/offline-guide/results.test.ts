/** What the guide makes of a tool's facts: nothing that they do not say. */
import { expect, test } from 'vitest';
import { events, money } from '../../../agents/offline-guide/answers/results.ts';
import type { ToolAnswer } from '../../../agents/offline-guide/conversation.ts';

const answer: ToolAnswer = {
  status: 'done',
  words: 'Words of the tool.',
  data: null,
  choices: [],
  approval: null,
  error: null,
};
const happened = (minute: number) => ({
  at: `2026-01-02T10:${String(minute).padStart(2, '0')}:00.000Z`,
  who: 'Marta',
  what: `step ${minute}.`,
});

test('of many events the newest are told, the last one first', () => {
  const told = events([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(happened), answer)?.words ?? '';
  expect(told.split('\n')[1]).toContain('step 10.');
  expect(told).toContain('step 3.');
  expect(told).not.toContain('step 2.');
  expect(events([happened(1)], answer)?.words).toBe(answer.words);
});

test('money that was not compared, that there is none of, that is equal, and that is not', () => {
  const report = {
    ...{ runId: 'r', state: 'completed', moved: 1, setAside: 0, repaired: 0, excludedTables: 0 },
    ...{ moneyColumns: 2, notVerified: [], approvals: [], files: [] },
  };
  const said = (verified: string, moneyEqual: boolean | null) =>
    money({ ...report, verified, moneyEqual }, answer)?.words ?? '';
  expect(said('not-validated', null)).toMatch(/not been compared yet/);
  expect(said('verified', null)).toMatch(/^No money was summed/);
  expect(said('verified', true)).toMatch(/^Yes: 2 money fields .* equal/);
  expect(said('differences', false)).toMatch(/^No: .* not all sums are equal/);
});
