/** The exam itself: large enough, every agent in it, nothing asked twice. */
import { expect, test } from 'vitest';
import { allCases } from '../../../agents/evals/cases/all-cases.ts';
import { effects, stages } from '../../../agents/evals/eval-case.ts';
import { agentsAsked, runCases } from '../../../agents/evals/run-cases.ts';
import { agentIds, permissions } from '../../../tools/permissions.ts';

test('there are at least forty cases, each with a name of its own, at every stage', () => {
  expect(allCases.length).toBeGreaterThanOrEqual(40);
  expect(new Set(allCases.map(({ id }) => id)).size).toBe(allCases.length);
  expect(new Set(allCases.map(({ stage }) => stage))).toEqual(new Set(stages));
});

test('agents that talk to people or look things up are all asked', () => {
  const throughOthers = agentIds.filter((id) => !agentsAsked(allCases).includes(id));
  expect(throughOthers).toEqual(['migration-execution']); // only ever through the orchestrator: it has nothing to say by itself
});

test('every case asks for something that can be missed', () => {
  const empty = allCases.filter(({ says, neverSays, calls, neverCalls }) =>
    [says, neverSays, calls, neverCalls].every((list) => (list ?? []).length === 0),
  );
  expect(empty).toEqual([]);
});

test('what counts as an effect is what the permission table lets execute or destroy with an approval', () => {
  const withApproval = Object.entries(permissions).flatMap(([name, rule]) =>
    'approval' in rule ? [name] : [],
  );
  expect([...effects]).toEqual(expect.arrayContaining(withApproval));
});

test('a case whose guide breaks is wrong in every respect, and the rest goes on', async () => {
  const advanced: string[] = [];
  const broken = {
    getAgentById: () => {
      throw new Error('no model');
    },
  };
  const cases = allCases.filter(({ stage }) => stage === 'analysed').slice(0, 2);
  const results = await runCases(
    {
      mastra: broken as never,
      advance: async (stage) => void advanced.push(stage),
      standing: async () => ({ planHash: null, written: 0, granted: 0 }),
    },
    cases,
  );
  expect(advanced).toEqual(['nothing', 'analysed']);
  expect(results.map(({ passed, reasons }) => [passed, reasons])).toEqual([
    [false, ['answer: no model']],
    [false, ['answer: no model']],
  ]);
});
