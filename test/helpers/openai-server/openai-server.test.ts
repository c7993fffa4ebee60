/** The server must refuse what OpenAI refuses, or the tests that rest on it prove nothing. */
import { expect, onTestFinished, test } from 'vitest';
import { type OpenAiServerOptions, startOpenAiServer } from './openai-server.ts';
import { strictSchemaProblems } from './strict-schema.ts';

async function start(options: Partial<OpenAiServerOptions> = {}) {
  const server = await startOpenAiServer({ script: [{ text: 'Hello there, person.' }], ...options });
  onTestFinished(() => server.close());
  const post = async (path: string, body: unknown, key = server.key) => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  return { server, post };
}

const responses = { model: 'test-model', input: [{ role: 'user', content: 'hello' }] };
const chat = { model: 'test-model', messages: [{ role: 'user', content: 'hello' }] };
const parameters = {
  type: 'object',
  properties: { a: { type: 'string' } },
  required: ['a'],
  additionalProperties: false,
};
const tool = { type: 'function', name: 't', parameters, strict: true };
const call = { type: 'function_call', call_id: 'c', name: 't', arguments: '{}' };

test('a proper request is answered by both interfaces, whole and streamed', async () => {
  const { server, post } = await start();
  expect((await post('/responses', { ...responses, tools: [tool] })).text).toContain('Hello there, person.');
  expect((await post('/chat/completions', chat)).text).toContain('Hello there, person.');
  const events = (await post('/responses', { ...responses, stream: true })).text;
  expect(events).toMatch(/^event: response.created\n/);
  expect(events).toMatch(/event: response.completed\ndata: .*\n\n$/);
  expect((await post('/chat/completions', { ...chat, stream: true })).text).toMatch(/data: \[DONE\]\n\n$/);
  expect(server.violations).toEqual([]);
  expect(server.requests.map(({ endpoint, lastUserText }) => [endpoint, lastUserText])).toEqual([
    ['responses', 'hello'],
    ['chat', 'hello'],
    ['responses', 'hello'],
    ['chat', 'hello'],
  ]);
});

test.each([
  ['an unknown field', { ...responses, max_steps: 3 }],
  ['a field of the other interface', { ...responses, messages: [] }],
  ['an unknown field in an item', { ...responses, input: [{ role: 'user', content: 'x', name: 'Ada' }] }],
  ['no input', { model: 'test-model' }],
  ['a choice among no tools', { ...responses, tool_choice: 'auto' }],
  [
    'a tool that does not say whether it is strict',
    { ...responses, tools: [{ ...tool, strict: undefined }] },
  ],
  ['a tool that is not strict', { ...responses, tools: [{ ...tool, strict: false }] }],
  ['a name with a dot', { ...responses, tools: [{ ...tool, name: 'a.b' }] }],
  ['a name of 65 letters', { ...responses, tools: [{ ...tool, name: 'a'.repeat(65) }] }],
  ['an open schema', { ...responses, tools: [{ ...tool, parameters: { type: 'object', properties: {} } }] }],
  ['a call without its output', { ...responses, input: [...responses.input, call] }],
  [
    'an output without its call',
    { ...responses, input: [{ type: 'function_call_output', call_id: 'c', output: '' }] },
  ],
  ['a reference to what was not kept', { ...responses, input: [{ type: 'item_reference', id: 'msg_1' }] }],
])('responses refuses %s', async (_, body) => {
  const { server, post } = await start();
  expect((await post('/responses', body)).status).toBe(400);
  expect(server.violations.length).toBeGreaterThan(0);
});

test.each([
  ['an unknown field', { ...chat, input: 'x' }],
  ['an unknown role', { ...chat, messages: [{ role: 'guide', content: 'x' }] }],
  [
    'a message of a tool that nobody called',
    { ...chat, messages: [{ role: 'tool', tool_call_id: 'c', content: '' }] },
  ],
  [
    'a call that is not answered next',
    {
      ...chat,
      messages: [
        {
          role: 'assistant',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 't', arguments: '' } }],
        },
        { role: 'user', content: 'x' },
      ],
    },
  ],
  ['options of a stream without a stream', { ...chat, stream_options: { include_usage: true } }],
  ['a choice among no tools', { ...chat, tool_choice: 'none' }],
  ['a flat tool', { ...chat, tools: [tool] }],
])('chat refuses %s', async (_, body) => {
  const { server, post } = await start();
  expect((await post('/chat/completions', body)).status).toBe(400);
  expect(server.violations.length).toBeGreaterThan(0);
});

test('a wrong key, a model it does not have, a path it does not know', async () => {
  const { server, post } = await start();
  expect((await post('/responses', responses, 'another')).status).toBe(401);
  expect((await post('/responses', { ...responses, model: 'other' })).status).toBe(404);
  expect((await post('/completions', {})).status).toBe(404);
  expect(server.violations).toEqual([]);
});

test('the script sees calls and results by name', async () => {
  const { server, post } = await start();
  const output = { type: 'function_call_output', call_id: 'c', output: '{"rows":3}' };
  await post('/responses', { ...responses, input: [...responses.input, call, output] });
  expect(server.requests[0]?.toolResults).toMatchObject([{ name: 't', callId: 'c', output: '{"rows":3}' }]);
});

const closed = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

test.each([
  closed({ a: { type: ['string', 'null'] }, b: { enum: ['x'] }, c: { type: 'array', items: closed({}) } }),
  closed({ a: { anyOf: [closed({ k: { const: 'x' } }), { type: 'null' }], description: 'd' } }),
  { $schema: 'http://json-schema.org/draft-07/schema#', ...closed({ n: { type: 'integer', minimum: 1 } }) },
])('strict mode takes %j', (schema) => {
  expect(strictSchemaProblems(schema)).toEqual([]);
});

test.each([
  [{ anyOf: [closed({})] }, 'must be of type object'],
  [{ ...closed({}), additionalProperties: true }, 'must be false'],
  [closed({ a: { type: 'object', properties: {} } }), "a: 'additionalProperties' must be false"],
  [{ ...closed({ a: { type: 'string' } }), required: [] }, "must name 'a'"],
  [closed({ a: { type: 'string', default: 'x' } }), "'default' is not permitted"],
  [closed({ a: { type: 'string', minLength: 1 } }), "'minLength' is not permitted"],
  [closed({ a: { oneOf: [{ type: 'string' }] } }), "'oneOf' is not permitted"],
  [closed({ a: { allOf: [{ type: 'string' }] } }), "'allOf' is not permitted"],
  [closed({ a: {} }), 'has no type'],
  [closed({ a: { type: 'array' } }), 'needs items'],
  [closed({ a: { type: 'string', format: 'uri' } }), 'format uri'],
  [
    Array.from({ length: 11 }).reduce<object>((inner) => closed({ a: inner }), { type: 'string' }),
    'nested deeper',
  ],
])('strict mode refuses %j', (schema, problem) => {
  expect(strictSchemaProblems(schema).join('\n')).toContain(problem);
});
