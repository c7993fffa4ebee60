/** The report of a move quotes the rehearsal under faults of the same plan. */
import { expect, test } from 'vitest';
import { chaosReport } from '../../../engine/contract/chaos.ts';
import { chaosInShort } from '../../../engine/report/chaos-words.ts';
import { reportFacts } from '../../../engine/report/report-facts.ts';
import { held } from './held-chaos.ts';
import { sampleReport } from './sample-report.ts';

test('in short: how often, how many rows, under how many faults, and what came of it', () => {
  expect(chaosReport.parse(held)).toEqual(held);
  expect(chaosInShort(held)).toBe(
    'Rehearsed before, under faults: the sample of 1,234 rows was moved 4 times under 9 faults (seed 42): each time nothing was lost and nothing was there twice.',
  );
});

test('what held stands among what was checked; what did not stands among what is to be done', () => {
  const report = sampleReport();
  expect(reportFacts({ ...report, chaos: held }).held).toContain(chaosInShort(held));
  const violation = {
    move: 1,
    kinds: [],
    check: 'rows-lost',
    entity: 'orders',
    rows: 1,
    message: 'orders: 1 row is missing.',
  } as const;
  const broken = { ...held, status: 'failed' as const, violations: [{ ...violation, kinds: [] }] };
  const facts = reportFacts({ ...report, chaos: broken });
  expect(facts.todo).toContain(chaosInShort(broken));
  expect(facts.todo.join(' ')).toContain('1 thing did not hold. orders: 1 row is missing.');
  expect(facts.held.join(' ')).not.toContain('under faults');
  expect(reportFacts(report).held.join(' ')).not.toContain('under faults');
});
