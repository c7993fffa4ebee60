import { expect, test } from 'vitest';
import { createConversations } from '../../../agents/model/conversations.ts';
import type { CallOptions } from '../../../agents/model/language-model.ts';
import { prepareCall } from '../../../agents/model/outgoing-call.ts';
import { prepareTools } from '../../../agents/model/strict-tools.ts';
import { strictSchemaProblems } from '../../helpers/openai-server/strict-schema.ts';

function prepared(options: CallOptions) {
  return prepareCall(options, createConversations()).options;
}

const result = (toolCallId: string) => ({
  type: 'tool-result' as const,
  toolCallId,
  toolName: 'a b',
  output: { type: 'text' as const, value: 'ok' },
});
const call = (toolCallId: string, toolName = 'a b') => ({
  type: 'tool-call' as const,
  toolCallId,
  toolName,
  input: {},
});

test('calls without result and results without call stay behind; names fit the wire', () => {
  const { prompt } = prepared({
    prompt: [
      { role: 'assistant', content: [call('lost')] },
      { role: 'assistant', content: [{ type: 'text', text: 'I look.' }, call('kept'), call('lost too')] },
      { role: 'tool', content: [result('kept'), result('of nobody')] },
    ],
  });
  expect(prompt).toEqual([
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'I look.' },
        { ...call('kept'), toolName: 'a_b' },
      ],
    },
    { role: 'tool', content: [{ ...result('kept'), toolName: 'a_b' }] },
  ]);
});

test('what the caller hands over is not changed', () => {
  const given: CallOptions = {
    prompt: [
      { role: 'assistant', content: [call('c')] },
      {
        role: 'tool',
        content: [{ ...result('c'), output: { type: 'json', value: { a: ['x@example.org'] } } }],
      },
    ],
    headers: { 'x-thread-id': 't' },
  };
  const before = structuredClone(given);
  expect(JSON.stringify(prepared(given))).toContain('[e-mail]');
  expect(given).toEqual(before);
});

const closed = (properties: object) => ({
  type: 'object' as const,
  properties: properties as Record<string, object>,
  required: Object.keys(properties),
  additionalProperties: false,
});

test('what Mastra leaves in a schema is taken out', () => {
  const copy = closed({ kind: { type: 'string', const: 'copy' } });
  const drop = closed({ kind: { type: 'string', const: 'drop' } });
  const [tool] = prepareTools([
    {
      type: 'function',
      name: 'setColumn',
      inputSchema: {
        $schema: 'http://json-schema.org/draft-07/schema#',
        ...closed({
          change: { anyOf: [{ oneOf: [copy, drop] }, { type: 'null' }] },
          limit: { default: 5, anyOf: [{ type: 'integer', default: 5 }, { type: 'null' }] },
        }),
        'x-optional': ['limit'],
      } as object,
    },
  ]);
  expect(tool).toMatchObject({ strict: true });
  expect(tool?.type === 'function' && tool.inputSchema).toEqual(
    closed({
      change: { anyOf: [copy, drop, { type: 'null' }] },
      limit: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    }),
  );
});

test.each([
  ['no type', closed({ a: {} })],
  ['an open object', { type: 'object', properties: {} }],
  ['a property that may be missing', { ...closed({ a: { type: 'string' } }), required: [] }],
  ['a choice at the root', { anyOf: [closed({})] }],
  ['items of any kind', closed({ a: { type: 'array' } })],
  ['an unknown keyword', closed({ a: { type: 'string', contentEncoding: 'base64' } })],
])('%s: sent, but not as strict', (_, inputSchema) => {
  const [tool] = prepareTools([{ type: 'function', name: 't', inputSchema: inputSchema as object }]);
  expect(tool).toMatchObject({ strict: false });
  expect(strictSchemaProblems(inputSchema)).not.toEqual([]);
});
