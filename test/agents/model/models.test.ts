import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createModels } from '../../../agents/model/models.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { loadConfig } from '../../../engine/core/config.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { ask, modelsOnServer, noGuide, rawModel } from './models-on-server.ts';

function create(env: Record<string, string>) {
  return createModels({
    config: loadConfig(env),
    log: createSilentLog(),
    clock: createClock(),
    egressFile: join('/nowhere', 'egress.jsonl'),
    offlineGuide: noGuide,
  });
}

test('without a key and an address the offline guide speaks, and is called so', async () => {
  const models = create({ TOWPATH_MODEL: 'some-model' });
  expect(models).toMatchObject({ offline: true, name: 'offline guide (no AI model)' });
  expect(models.forAgent('planning')).toBe(noGuide);
  expect(models.usage()).toEqual({ requests: 0, inputTokens: 0, outputTokens: 0, cost: null });
  expect(await models.egress.read()).toEqual([]);
});

test.each([
  [{ OPENAI_API_KEY: 'sk-1' }, 'TOWPATH_MODEL'],
  [{ OPENAI_BASE_URL: 'http://localhost:11434/v1' }, 'TOWPATH_MODEL'],
  [{ OPENAI_BASE_URL: 'http://me:word@localhost/v1', TOWPATH_MODEL: 'm' }, 'OPENAI_BASE_URL'],
  [{ OPENAI_BASE_URL: 'https://h/v1?api-version=1', TOWPATH_MODEL: 'm' }, 'OPENAI_BASE_URL'],
  [{ OPENAI_BASE_URL: 'ftp://h/v1', TOWPATH_MODEL: 'm' }, 'OPENAI_BASE_URL'],
  [{ OPENAI_BASE_URL: 'not an address', TOWPATH_MODEL: 'm' }, 'OPENAI_BASE_URL'],
  [{ TOWPATH_MODEL_API: 'completions' }, 'TOWPATH_MODEL_API'],
  [{ TOWPATH_MODEL_TIMEOUT: '0' }, 'TOWPATH_MODEL_TIMEOUT'],
  [{ TOWPATH_MODEL_MAX_TOKENS: 'many' }, 'TOWPATH_MODEL_MAX_TOKENS'],
  [{ TOWPATH_MODEL_MAX_COST: '3' }, 'TOWPATH_MODEL_MAX_COST'],
])('%o is refused by name', (env, variable) => {
  expect(() => create(env)).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG', details: { variable } }),
  );
});

test('a refused setting is not repeated', () => {
  try {
    create({ OPENAI_BASE_URL: 'http://me:word@localhost/v1', TOWPATH_MODEL: 'm' });
  } catch (error) {
    expect(JSON.stringify(error)).not.toContain('word@');
    return;
  }
  throw new Error('nothing was thrown');
});

test('a time without a unit is in seconds', () => {
  expect(loadConfig({ TOWPATH_MODEL_TIMEOUT: '30' }).modelTimeoutMilliseconds).toBe(30_000);
  expect(loadConfig({ TOWPATH_MODEL_TIMEOUT: '2m' }).modelTimeoutMilliseconds).toBe(120_000);
});

test('a server that asks for no key gets none', async () => {
  const { server, models } = await modelsOnServer({
    script: [{ text: 'yes' }],
    key: null,
    env: { OPENAI_API_KEY: '' },
  });
  await rawModel(models).doGenerate(ask('there?'));
  expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
  expect(models.offline).toBe(false);
  expect(models.name).toBe(`test-model at ${new URL(server.url).host}`);
});

test.each([404, 405, 501] as const)(
  'a server without responses (%i) is asked for chat, and that is remembered',
  async (status) => {
    const { server, models } = await modelsOnServer({
      script: [{ text: 'yes' }],
      lacks: { responses: status },
    });
    for (const _ of [1, 2]) await rawModel(models).doGenerate(ask('there?'));
    expect(server.requests.map(({ endpoint }) => endpoint)).toEqual(['chat', 'chat']);
    const record = await models.egress.read();
    expect(record.map(({ api, outcome }) => [api, outcome])).toEqual([
      ['responses', 'MODEL_NOT_FOUND'],
      ['chat', 'ok'],
      ['chat', 'ok'],
    ]);
  },
);

test('a server with responses is not asked for chat when it fails', async () => {
  const { server, models } = await modelsOnServer({
    script: [{ text: 'yes' }],
    faults: [{ kind: 'status', status: 400 }],
  });
  await expect(rawModel(models).doGenerate(ask('there?'))).rejects.toMatchObject({ code: 'MODEL_ERROR' });
  expect(server.requests.map(({ endpoint }) => endpoint)).toEqual(['responses']);
});

test('OpenAI is told not to keep the conversation; other servers are not bothered with that', async () => {
  const { server, models } = await modelsOnServer({ script: [{ text: 'yes' }] });
  await rawModel(models).doGenerate(ask('there?'));
  expect(server.requests[0]?.body.store).toBe(false);
  const chat = await modelsOnServer({ script: [{ text: 'yes' }], env: { TOWPATH_MODEL_API: 'chat' } });
  await rawModel(chat.models).doGenerate(ask('there?'));
  expect(chat.server.requests[0]?.body).not.toHaveProperty('store');
});
