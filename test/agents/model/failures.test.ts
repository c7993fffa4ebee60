/** What a server can do wrong, and what becomes of it: retried or not, told in our words, nothing of its body shown. */
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../helpers/openai-server/openai-server.ts';
import { ask, drain, modelsOnServer, type RigOptions, rawModel } from './models-on-server.ts';

const LEAK = 'sk-live-abcdef0123456789abcdef and patient@example.org';

function rig(faults: (Fault | null)[], options: Partial<RigOptions> = {}) {
  return modelsOnServer({ script: [{ text: 'All is well, and more.' }], faults, speed: 200, ...options });
}

async function outcomes(models: Awaited<ReturnType<typeof rig>>['models']) {
  return (await models.egress.read()).map(({ attempt, outcome }) => [attempt, outcome]);
}

test.each([408, 409, 429, 500, 502, 503])(
  'status %i is tried again, with every try recorded',
  async (status) => {
    const fault: Fault = { kind: 'status', status, message: LEAK };
    const { server, models, waits } = await rig([fault, fault]);
    const result = await rawModel(models).doGenerate(ask('there?'));
    expect(result.content).toEqual([
      expect.objectContaining({ type: 'text', text: 'All is well, and more.' }),
    ]);
    expect(server.requests).toHaveLength(3);
    expect(waits).toEqual([750, 1500]);
    expect(models.usage().requests).toBe(3);
    expect((await outcomes(models)).map(([attempt]) => attempt)).toEqual([1, 2, 3]);
  },
);

test('Retry-After is kept, in seconds, milliseconds or as a date', async () => {
  const wait = (headers: Record<string, string>): Fault => ({ kind: 'status', status: 429, headers });
  const soon = new Date(Date.now() + 20_000).toUTCString();
  const { models, waits } = await rig([
    wait({ 'retry-after': '7' }),
    wait({ 'retry-after-ms': '2500' }),
    wait({ 'retry-after': soon }),
  ]);
  await rawModel(models).doGenerate(ask('there?'));
  expect(waits.slice(0, 2)).toEqual([7000, 2500]);
  expect(waits[2]).toBeGreaterThan(15_000);
});

test('a server that asks for an hour is not waited for', async () => {
  const { server, models } = await rig([{ kind: 'status', status: 429, headers: { 'retry-after': '3600' } }]);
  await expect(rawModel(models).doGenerate(ask('?'))).rejects.toMatchObject({ code: 'MODEL_RATE_LIMITED' });
  expect(server.requests).toHaveLength(1);
});

test.each([
  [{ kind: 'status', status: 401, message: LEAK }, 'MODEL_REFUSED_KEY'],
  [{ kind: 'status', status: 403, message: LEAK }, 'MODEL_REFUSED_KEY'],
  [{ kind: 'status', status: 400, message: LEAK }, 'MODEL_ERROR'],
  [{ kind: 'status', status: 400, code: 'context_length_exceeded' }, 'MODEL_TOO_LONG'],
  [{ kind: 'status', status: 429, code: 'insufficient_quota', message: LEAK }, 'MODEL_RATE_LIMITED'],
  [{ kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:9/' } }, 'MODEL_ERROR'],
] as const)('%o is not tried again and becomes %s', async (fault, code) => {
  const { server, models } = await rig([fault]);
  const failure = await rawModel(models)
    .doGenerate(ask('there?'))
    .then(
      () => null,
      (error: unknown) => error as Error,
    );
  expect(failure).toMatchObject({ name: 'MigrationError', code });
  expect(failure?.cause).toBeUndefined();
  const shown = `${JSON.stringify(failure)} ${failure?.message} ${failure?.stack}`;
  expect(shown).not.toMatch(/sk-live|patient@/);
  expect(shown).toContain('The migration itself is not touched');
  expect(server.requests).toHaveLength(1);
});

test('a model that the server does not know', async () => {
  const { models } = await rig([], { env: { TOWPATH_MODEL: 'misspelt' } });
  await expect(rawModel(models).doGenerate(ask('?'))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
});

test('nobody listens', async () => {
  const { server, models } = await rig([]);
  await server.close();
  await expect(rawModel(models).doGenerate(ask('?'))).rejects.toMatchObject({
    code: 'MODEL_UNREACHABLE',
    details: { reason: 'ECONNREFUSED' },
  });
  expect((await outcomes(models)).length).toBe(4);
});

test('a broken connection and a page that is no answer are tried again', async () => {
  const { server, models } = await rig([{ kind: 'reset' }, { kind: 'garbage' }]);
  await rawModel(models).doGenerate(ask('?'));
  expect(server.requests).toHaveLength(3);
});

test('a request takes no longer than its limit', async () => {
  const slow: Fault = { kind: 'slow', head: 2000 };
  const { models } = await rig([slow, slow, slow, slow], {
    env: { TOWPATH_MODEL_TIMEOUT: '20' }, // at 200 times the speed: 100 ms
  });
  const started = performance.now();
  await expect(rawModel(models).doGenerate(ask('?'))).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
  expect(performance.now() - started).toBeLessThan(6000); // four answers would take 8000
});

test('the caller can stop it, and nothing is tried again then', async () => {
  const stop = new AbortController();
  const faults = () => {
    stop.abort();
    return { kind: 'slow', head: 5000 } as const;
  };
  const { server, models } = await rig([], { speed: 1, faults });
  const asked = rawModel(models).doGenerate({ ...ask('?'), abortSignal: stop.signal });
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  expect(server.requests).toHaveLength(1);
  expect(await outcomes(models)).toEqual([[1, 'cancelled']]);
});

describe.each(['responses', 'chat'] as const)('streamed by %s', (api) => {
  const env = { TOWPATH_MODEL_API: api };
  const stream = async (models: Awaited<ReturnType<typeof rig>>['models']) =>
    drain((await rawModel(models).doStream(ask('there?'))).stream);

  test.each(['clean', 'reset'] as const)('cut before the first word (%s): tried again', async (how) => {
    const { server, models } = await rig([{ kind: 'cut', afterEvents: 1, how }], { env });
    const { text, error } = await stream(models);
    expect([text, error]).toEqual(['All is well, and more.', undefined]);
    expect(server.requests).toHaveLength(2);
    expect(await outcomes(models)).toEqual([
      [1, 'MODEL_STREAM_TRUNCATED'],
      [2, 'ok'],
    ]);
  });

  test.each(['clean', 'reset'] as const)('cut in the middle (%s): told, not tried again', async (how) => {
    const { server, models } = await rig([{ kind: 'cut', afterEvents: api === 'chat' ? 2 : 5, how }], {
      env,
    });
    const { text, error, types } = await stream(models);
    expect(text).toBe('All is well,');
    expect(error).toMatchObject({ name: 'MigrationError', code: 'MODEL_STREAM_TRUNCATED' });
    expect(types.at(-1)).toBe('error');
    expect(server.requests).toHaveLength(1);
    expect(models.usage().outputTokens).toBeGreaterThan(0);
  });

  test('cut after a tool call: the call is not passed on', async () => {
    const reply = {
      text: 'I do it now.',
      toolCalls: [{ name: 'startMigration', arguments: { really: true } }],
    };
    const events = api === 'chat' ? -2 : -1;
    const { models } = await rig([{ kind: 'cut', afterEvents: events, how: 'clean' }], {
      env,
      script: [reply],
    });
    const { types, error } = await stream(models);
    expect(error).toMatchObject({ code: 'MODEL_STREAM_TRUNCATED' });
    expect(types).not.toContain('tool-call');
    const whole = await rig([], { env, script: [reply] });
    expect((await stream(whole.models)).types).toContain('tool-call');
  });

  test('an error inside the stream', async () => {
    const late: Fault = { kind: 'stream-error', afterEvents: api === 'chat' ? 2 : 5, message: LEAK };
    const { models } = await rig([{ kind: 'stream-error', afterEvents: 1, message: LEAK }, late], { env });
    const { error } = await stream(models);
    expect(error).toMatchObject({ name: 'MigrationError', code: 'MODEL_ERROR' });
    expect(JSON.stringify(error)).not.toMatch(/sk-live|patient@/);
  });

  test('a stream that falls silent is ended', async () => {
    const slow: Fault = { kind: 'slow', between: 60 };
    const patient = await rig([slow], { env });
    expect((await stream(patient.models)).error).toBeUndefined();
    const { models } = await rig([slow, slow, slow, slow], {
      env: { ...env, TOWPATH_MODEL_TIMEOUT: '6' }, // at 200 times the speed: 30 ms
    });
    await expect(stream(models)).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
  });

  test('the reader may leave early', async () => {
    const { models } = await rig([{ kind: 'slow', between: 40 }], { env, speed: 1 });
    const { stream: parts } = await rawModel(models).doStream(ask('there?'));
    const reader = parts.getReader();
    await reader.read();
    await reader.cancel();
    await expect.poll(() => outcomes(models)).toEqual([[1, 'cancelled']]);
  });
});
