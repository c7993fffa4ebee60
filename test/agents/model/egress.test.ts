/** Nothing leaves without a line; no line holds a value. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readEgress } from '../../../agents/model/egress-record.ts';
import type { CallOptions } from '../../../agents/model/language-model.ts';
import { ask, modelsOnServer, rawModel, temporaryFolder } from './models-on-server.ts';

const EMAIL = 'ada.lovelace@example.org';

const conversation: CallOptions = {
  prompt: [
    { role: 'system', content: 'You are the guide.' },
    { role: 'user', content: [{ type: 'text', text: `Who is ${EMAIL}?` }] },
    {
      role: 'assistant',
      content: [
        { type: 'text', text: `I look for ${EMAIL}.` },
        {
          type: 'tool-call',
          toolCallId: 'c1',
          toolName: 'explainRow',
          input: { entity: 'people', id: EMAIL },
        },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: 'c1',
          toolName: 'explainRow',
          output: {
            type: 'json',
            value: {
              words: `It is ${EMAIL}, telephone +49 170 1234567.`,
              data: {
                source: { first_name: 'A••', [EMAIL]: 'odd' },
                repairs: [{ column: 'phone' }, { rule: 'x' }],
              },
              error: null,
            },
          },
        },
      ],
    },
  ],
  tools: [
    {
      type: 'function',
      name: 'explainRow',
      description: 'd',
      inputSchema: { type: 'object', properties: {} },
    },
  ],
  headers: { 'x-thread-id': 'talk-7', 'x-resource-id': 'person' },
};

test('a line tells what a request carried, by names', async () => {
  const { server, models, egressFile } = await modelsOnServer({
    script: [{ text: 'ok' }],
    strictTools: false,
  });
  await rawModel(models).doGenerate(conversation);
  const [entry, ...others] = await models.egress.read();
  expect(others).toEqual([]);
  const body = server.requests[0]?.text ?? '';
  expect(entry).toEqual({
    id: expect.any(String),
    at: expect.stringMatching(/^\d{4}-/),
    conversation: 'talk-7',
    agent: 'planning',
    model: 'test-model',
    host: new URL(server.url).host,
    api: 'responses',
    attempt: 1,
    bytes: Buffer.byteLength(body),
    sha256: createHash('sha256').update(body).digest('hex'),
    masked: 5,
    fields: [
      'instructions',
      'messages.assistant',
      'messages.user',
      'tool-call:explainRow.entity',
      'tool-call:explainRow.id',
      'tool-result:explainRow.data.repairs[].column',
      'tool-result:explainRow.data.repairs[].rule',
      'tool-result:explainRow.data.source.*',
      'tool-result:explainRow.data.source.first_name',
      'tool-result:explainRow.error',
      'tool-result:explainRow.words',
      'tools.explainRow',
    ],
    outcome: 'ok',
    inputTokens: 10,
    outputTokens: 5,
  });
  const record = await readFile(egressFile, 'utf8');
  for (const value of [EMAIL, '1234567', 'A••', 'You are the guide', server.key]) {
    expect(record).not.toContain(value);
  }
});

test('only the words of the person still hold the address', async () => {
  const { server, models } = await modelsOnServer({ script: [{ text: 'ok' }], strictTools: false });
  await rawModel(models).doGenerate(conversation);
  const [request] = server.requests;
  expect(request?.lastUserText).toBe(`Who is ${EMAIL}?`);
  expect(request?.text.split(EMAIL)).toHaveLength(2);
  expect(request?.text).not.toContain('1234567');
  expect(request?.text).not.toContain('talk-7');
  expect(server.violations).toEqual([]);
});

test('what cannot be written down is not sent', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'state'), 'a file where a folder should be');
  const { server, models } = await modelsOnServer({
    script: [{ text: 'ok' }],
    egressFile: join(folder, 'state', 'egress.jsonl'),
  });
  const model = rawModel(models);
  await expect(model.doGenerate(ask('hello'))).rejects.toMatchObject({ code: 'EGRESS_NOT_RECORDED' });
  await expect(model.doStream(ask('hello'))).rejects.toMatchObject({ code: 'EGRESS_NOT_RECORDED' });
  expect(server.requests).toEqual([]);
});

test('the line is there before the request is', async () => {
  const seen: number[] = [];
  const folder = await temporaryFolder();
  const egressFile = join(folder, 'egress.jsonl');
  const { models } = await modelsOnServer({
    egressFile,
    script: async () => {
      seen.push((await readEgress(egressFile)).filter(({ outcome }) => outcome === null).length);
      return { text: 'ok' };
    },
  });
  await rawModel(models).doGenerate(ask('hello'));
  expect(seen).toEqual([1]);
});

test('reading: no file, a line cut short by a kill, a request without outcome', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'state', 'egress.jsonl');
  expect(await readEgress(file)).toEqual([]);
  const { models } = await modelsOnServer({ script: [{ text: 'ok' }], egressFile: file });
  await mkdir(dirname(file), { recursive: true });
  await rawModel(models).doGenerate(ask('hello'));
  const [first] = (await readFile(file, 'utf8')).split('\n');
  await appendFile(file, `${first?.replace(/"id":"[^"]+"/, '"id":"second"')}\n{"kind":"sent","id":"thi`);
  expect((await readEgress(file)).map(({ id, outcome }) => [id === 'second', outcome])).toEqual([
    [false, 'ok'],
    [true, null],
  ]);
});
