import { expect, test } from 'vitest';
import { createBudget } from '../../../agents/model/budget.ts';
import { loadConfig } from '../../../engine/core/config.ts';
import { ask, modelsOnServer, rawModel } from './models-on-server.ts';

const from = (thread: string) => ({ ...ask('there?'), headers: { 'x-thread-id': thread } });
const exceeded = (what: string, whose = 'conversation') =>
  expect.objectContaining({
    code: 'MODEL_BUDGET_EXCEEDED',
    details: expect.objectContaining({ what, whose }),
  });

test('requests: refused before anything is sent, for this conversation only', async () => {
  const { server, models } = await modelsOnServer({
    script: [{ text: 'yes' }],
    env: { TOWPATH_MODEL_MAX_REQUESTS: '2' },
  });
  const model = rawModel(models);
  await model.doGenerate(from('a'));
  await model.doGenerate(from('a'));
  await expect(model.doGenerate(from('a'))).rejects.toEqual(exceeded('requests'));
  await expect(model.doStream(from('a'))).rejects.toMatchObject({
    message: 'This conversation has used up its requests with the language model.',
    hint: 'Start a new conversation, or raise TOWPATH_MODEL_MAX_REQUESTS. The migration itself is not touched by this.',
  });
  expect(server.requests).toHaveLength(2);
  await model.doGenerate(from('b'));
  expect(models.usage('a').requests).toBe(2);
  expect(models.usage().requests).toBe(3);
});

test('a delegated thread counts for the conversation it came from, a foreign one does not', async () => {
  const { models } = await modelsOnServer({
    script: [{ text: 'yes' }],
    env: { TOWPATH_MODEL_MAX_REQUESTS: '2' },
  });
  const model = rawModel(models);
  const uuid = '0b9f6a3e-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
  await model.doGenerate(from(`chat-${uuid}`));
  await model.doGenerate(from('chat'));
  await model.doGenerate(from(`chat-${uuid}-${uuid}`));
  expect([models.usage(`chat-${uuid}`).requests, models.usage('chat').requests]).toEqual([2, 1]);
});

test('every try counts', async () => {
  const { server, models } = await modelsOnServer({
    script: [{ text: 'yes' }],
    faults: () => ({ kind: 'status', status: 500 }),
    env: { TOWPATH_MODEL_MAX_REQUESTS: '2' },
    speed: 1000,
  });
  await expect(rawModel(models).doGenerate(from('a'))).rejects.toEqual(exceeded('requests'));
  expect(server.requests).toHaveLength(2);
});

test('tokens, told by the server or reckoned where it does not tell', async () => {
  const usage = { input: 900, output: 150 };
  const told = await modelsOnServer({
    script: [{ text: 'yes', usage }],
    env: { TOWPATH_MODEL_MAX_TOKENS: '1060' },
  });
  await rawModel(told.models).doGenerate(from('a'));
  await expect(rawModel(told.models).doGenerate(from('a'))).rejects.toEqual(exceeded('tokens'));
  expect(told.models.usage()).toMatchObject({ requests: 1, inputTokens: 900, outputTokens: 150 });
});

test('a request that is too large for what is left is not sent', async () => {
  const { server, models } = await modelsOnServer({
    script: [{ text: 'yes' }],
    env: { TOWPATH_MODEL_MAX_TOKENS: '1000' },
  });
  await expect(rawModel(models).doGenerate(ask('long '.repeat(2000)))).rejects.toEqual(exceeded('tokens'));
  expect(server.requests).toHaveLength(0);
});

test('money, in the currency of the prices', async () => {
  const { models } = await modelsOnServer({
    script: [{ text: 'yes', usage: { input: 1_000_000, output: 500_000 } }],
    env: {
      TOWPATH_MODEL_MAX_COST: '5',
      TOWPATH_MODEL_PRICE_INPUT: '2',
      TOWPATH_MODEL_PRICE_OUTPUT: '8',
    },
  });
  await rawModel(models).doGenerate(from('a'));
  expect(models.usage().cost).toBe(6);
  await expect(rawModel(models).doGenerate(from('a'))).rejects.toEqual(exceeded('money'));
});

test('time, and the process as a whole', () => {
  const settings = loadConfig({ TOWPATH_MODEL_MAX_SECONDS: '10', TOWPATH_MODEL_MAX_REQUESTS: '3' });
  const budget = createBudget(settings);
  budget.take('a', 100);
  budget.spend('a', { inputTokens: 1, outputTokens: 1 }, 10_000);
  expect(() => budget.take('a', 100)).toThrow(exceeded('time'));
  for (let index = 1; index < 30; index++) budget.take(`c${index}`, 100);
  expect(() => budget.take('one more', 100)).toThrow(exceeded('requests', 'process'));
});
