/** A conversation on Mastra's real agents and memory; only the models are scripted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mastra } from '@mastra/core';
import { Agent } from '@mastra/core/agent';
import { createTool } from '@mastra/core/tools';
import { LibSQLStore } from '@mastra/libsql';
import { Memory } from '@mastra/memory';
import { afterAll, afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Conversation,
  openConversation,
  type SpeakingAgent,
  type ThreadMemory,
} from '../../desk/conversation.ts';
import type { TurnPart } from '../../desk/turn-parts.ts';
import { createScriptedModel, type SeenRequest, type Turn } from '../helpers/scripted-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'towpath-chat-'));
const open: Mastra[] = [];
afterEach(async () => {
  for (const mastra of open.splice(0)) await mastra.shutdown();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Voices {
  readonly boss: readonly Turn[];
  readonly worker?: readonly Turn[];
  readonly seen?: SeenRequest[];
}

const look = createTool({
  id: 'look',
  description: 'looks',
  inputSchema: z.object({ at: z.string() }),
  execute: async ({ at }) =>
    at === 'nothing'
      ? { status: 'refused', words: 'There is nothing.', approval: null, error: { code: 'NOTHING' } }
      : {
          ...{ status: 'done', words: 'I looked.', data: { tables: 3 }, choices: ['Go on'] },
          ...{ approval: null, error: null },
        },
});

async function converse(
  { boss, worker = [], seen = [] }: Voices,
  { startNew = false, resource = 'legacy' } = {},
): Promise<Conversation> {
  const helper = new Agent({
    id: 'schema-analysis',
    name: 'Analyst',
    description: 'looks',
    instructions: 'Look.',
    model: createScriptedModel(worker),
    tools: { look },
  });
  const agent = new Agent({
    id: 'orchestrator',
    name: 'Guide',
    instructions: 'Guide.',
    model: createScriptedModel(boss, seen),
    agents: { schemaAnalysis: helper },
    tools: { look },
    memory: new Memory({ options: { lastMessages: 20 } }),
  });
  const storage = new LibSQLStore({ id: 'test', url: `file:${join(folder, 'chat.db')}` });
  const mastra = new Mastra({ agents: { orchestrator: agent }, storage, logger: false });
  open.push(mastra);
  const memory = (await mastra.getAgent('orchestrator').getMemory()) as unknown as ThreadMemory;
  return openConversation({
    agent: mastra.getAgent('orchestrator') as unknown as SpeakingAgent,
    memory,
    resource,
    startNew,
    now: () => new Date(),
  });
}

async function partsOf(turn: AsyncIterable<TurnPart>): Promise<TurnPart[]> {
  const parts: TurnPart[] = [];
  for await (const part of turn) parts.push(part);
  return parts;
}

test('a turn tells its words, its tool calls, and those of the agents that were asked', async () => {
  const conversation = await converse({
    boss: [
      { tool: 'look', input: { at: 'nothing' } },
      { tool: 'agent-schemaAnalysis', input: { prompt: 'look' } },
      'Here it is.',
    ],
    worker: [{ tool: 'look', input: { at: 'tables' } }, 'I saw tables.'],
  });
  const parts = await partsOf(conversation.say('hello'));
  expect(parts).toEqual([
    { kind: 'call', agent: 'orchestrator', tool: 'look', input: { at: 'nothing' } },
    {
      kind: 'result',
      agent: 'orchestrator',
      tool: 'look',
      outcome: { status: 'refused', words: 'There is nothing.', code: 'NOTHING', approvalId: null },
      facts: { input: { at: 'nothing' }, data: null, choices: [] },
    },
    { kind: 'call', agent: 'orchestrator', tool: 'agent-schemaAnalysis', input: { prompt: 'look' } },
    { kind: 'call', agent: 'schema-analysis', tool: 'look', input: { at: 'tables' } },
    {
      kind: 'result',
      agent: 'schema-analysis',
      tool: 'look',
      outcome: { status: 'done', words: 'I looked.', code: null, approvalId: null },
      facts: { input: { at: 'tables' }, data: { tables: 3 }, choices: ['Go on'] },
    },
    { kind: 'text', agent: 'schema-analysis', text: 'I saw tables.' },
    {
      kind: 'result',
      agent: 'orchestrator',
      tool: 'agent-schemaAnalysis',
      outcome: { status: 'done', words: null, code: null, approvalId: null },
      facts: { input: { prompt: 'look' }, data: null, choices: [] },
    },
    { kind: 'text', agent: 'orchestrator', text: 'Here it is.' },
  ]);
});

test('who comes back goes on in the same thread, and is shown the last exchange', async () => {
  const resource = 'returning';
  const first = await converse({ boss: ['Hello.', 'It is a plan.'] }, { resource });
  expect(await first.last()).toBeNull();
  await partsOf(first.say('hi'));
  await partsOf(first.say('what is this?'));

  const seen: SeenRequest[] = [];
  const second = await converse({ boss: ['And on.'], seen }, { resource });
  expect(second.threadId).toBe(first.threadId);
  expect(await second.last()).toEqual({ person: 'what is this?', guide: 'It is a plan.' });
  await partsOf(second.say('go on'));
  expect(JSON.stringify(seen[0]?.prompt)).toContain('It is a plan.');
});

test('another conversation, or another migration, has a thread of its own', async () => {
  const first = await converse({ boss: ['Hello.'] });
  await partsOf(first.say('hi'));
  const fresh = await converse({ boss: ['New.'] }, { startNew: true });
  expect(fresh.threadId).not.toBe(first.threadId);
  expect(await fresh.last()).toBeNull();
  await partsOf(fresh.say('new one'));
  expect((await converse({ boss: [] })).threadId).toBe(fresh.threadId);
  expect((await converse({ boss: [] }, { resource: 'other' })).threadId).not.toBe(fresh.threadId);
});

test('what the program itself said is in the thread: the model knows it, and it is the last word', async () => {
  const seen: SeenRequest[] = [];
  const conversation = await converse({ boss: ['Hello.', 'Yes.'], seen }, { resource: 'noted' });
  await conversation.note('Said before anything else.');
  await partsOf(conversation.say('hi'));
  await conversation.note('The rehearsal went through.');
  expect(await conversation.last()).toEqual({ person: 'hi', guide: 'The rehearsal went through.' });
  await partsOf(conversation.say('and?'));
  expect(JSON.stringify(seen.at(-1)?.prompt)).toContain('The rehearsal went through.');
});

test('what was said is read again with who said it, what the tools answered, and what the program told', async () => {
  const conversation = await converse(
    {
      boss: [{ tool: 'agent-schemaAnalysis', input: { prompt: 'look' } }, 'Here it is.'],
      worker: [{ tool: 'look', input: { at: 'tables' } }, 'I saw tables.'],
    },
    { resource: 'history' },
  );
  expect(await conversation.past(10)).toEqual({ messages: [], more: false });
  await partsOf(conversation.say('hello', undefined, { by: 'Otto' }));
  await conversation.note('News.');
  await partsOf(conversation.say('(It was given.)', undefined, { told: 'towpath' }));
  const { messages, more } = await conversation.past(10);
  expect(more).toBe(false);
  expect(messages.map(({ from, voice }) => [from, voice])).toEqual([
    ['person', 'Otto'],
    ['guide', 'scripted'],
    ['towpath', null],
    ['towpath', null],
    ['guide', 'scripted'],
  ]);
  expect(messages[1]?.parts).toMatchObject([
    { kind: 'result', agent: 'schema-analysis', tool: 'look', facts: { data: { tables: 3 } } },
    { kind: 'result', agent: 'orchestrator', tool: 'agent-schemaAnalysis' },
    { kind: 'text', text: 'Here it is.' },
  ]);
  const newest = await conversation.past(2);
  expect(newest.more).toBe(true);
  expect(newest.messages).toEqual(messages.slice(-2));
});
