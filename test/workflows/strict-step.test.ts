/** What a step promises is checked: Mastra itself would let each of these pass as a success. */
import { Mastra } from '@mastra/core';
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { LibSQLStore } from '@mastra/libsql';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { JourneyCard } from '../../engine/index.ts';
import { type StepVerdict, strictStep } from '../../workflows/strict-step.ts';

const count = z.object({ n: z.number() });
type Count = z.infer<typeof count>;

const card: JourneyCard = {
  kind: 'question',
  step: 'plan',
  title: 'Which?',
  text: 'This or that.',
  choices: [{ id: 'this', label: 'This' }],
  recommended: 'this',
};

function runOf(step: ReturnType<typeof stepThat>) {
  const after: string[] = [];
  const workflow = createWorkflow({ id: 'one', inputSchema: count, outputSchema: count })
    .then(step)
    .then(
      createStep({
        id: 'after',
        inputSchema: count,
        outputSchema: count,
        execute: async ({ inputData }) => {
          after.push('ran');
          return inputData;
        },
      }),
    )
    .commit();
  const storage = new LibSQLStore({ id: 'strict', url: ':memory:' });
  new Mastra({ workflows: { workflow }, storage, logger: false });
  return { workflow, after };
}

function stepThat(work: () => Promise<StepVerdict<Count>>) {
  return strictStep({ id: 'strict', description: 'under test', input: count, output: count, work });
}

test('an output that was promised goes on', async () => {
  const { workflow, after } = runOf(stepThat(async () => ({ kind: 'on', output: { n: 2 } })));
  const result = await (await workflow.createRun()).start({ inputData: { n: 1 } });
  expect(result).toMatchObject({ status: 'success', result: { n: 2 } });
  expect(after).toEqual(['ran']);
});

test.each([
  ['another type', { n: 'password=hunter2' }],
  ['nothing', undefined],
  ['a failure dressed as an answer', { error: true, message: 'no' }],
])('an output that is %s fails the step, and nothing after it runs', async (_what, output) => {
  const { workflow, after } = runOf(stepThat(async () => ({ kind: 'on', output: output as never })));
  const result = await (await workflow.createRun()).start({ inputData: { n: 1 } });
  expect(result.status).toBe('failed');
  if (result.status !== 'failed') return;
  expect(result.error.message).toMatch(/“strict” did not answer what it promises/);
  expect(JSON.stringify(result)).not.toContain('hunter2');
  expect(after).toEqual([]);
});

test('a card of the right shape suspends, any other fails', async () => {
  const good = runOf(stepThat(async () => ({ kind: 'ask', card })));
  const waiting = await (await good.workflow.createRun()).start({ inputData: { n: 1 } });
  expect(waiting).toMatchObject({ status: 'suspended', steps: { strict: { suspendPayload: card } } });
  const bad = runOf(stepThat(async () => ({ kind: 'ask', card: { ...card, choices: [] } as never })));
  const failed = await (await bad.workflow.createRun()).start({ inputData: { n: 1 } });
  expect(failed.status).toBe('failed');
  expect([...good.after, ...bad.after]).toEqual([]);
});

test('this is what Mastra does without it', async () => {
  const loose = createStep({
    id: 'loose',
    inputSchema: count,
    outputSchema: count,
    execute: async () => ({ n: 'text' }) as never,
  });
  const workflow = createWorkflow({ id: 'loose-one', inputSchema: count, outputSchema: count })
    .then(loose)
    .commit();
  new Mastra({
    workflows: { workflow },
    storage: new LibSQLStore({ id: 'loose', url: ':memory:' }),
    logger: false,
  });
  const result = await (await workflow.createRun()).start({ inputData: { n: 1 } });
  expect(result.status).toBe('success');
});
