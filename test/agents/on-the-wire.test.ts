/** The real agents with their real tools, as they leave for a server that refuses what OpenAI would refuse. */
import { Mastra } from '@mastra/core';
import { InMemoryStore } from '@mastra/core/storage';
import { expect, test } from 'vitest';
import { createAgents } from '../../agents/agents.ts';
import { createSilentLog } from '../../engine/core/log.ts';
import { agentIds, permissions } from '../../tools/permissions.ts';
import { createTools } from '../../tools/tools.ts';
import { createFakeGuide, createFakeJourney } from '../helpers/fake-journey.ts';
import type { Reply } from '../helpers/openai-server/openai-server.ts';
import { emptyTransform } from '../tools/empty-transform.ts';
import { modelsOnServer } from './model/models-on-server.ts';

const conversation = { memory: { thread: 'talk', resource: 'ann' } };

async function agentsOnServer(api: string, script: readonly Reply[]) {
  const { server, models } = await modelsOnServer({ script, env: { TOWPATH_MODEL_API: api } });
  const { journey, calls } = createFakeJourney();
  const log = createSilentLog();
  const tools = createTools({ journey, guide: createFakeGuide().guide, log });
  const agents = createAgents({ models, tools, log });
  new Mastra({ agents, storage: new InMemoryStore(), logger: false });
  return { server, calls, agents };
}

test.each(['responses', 'chat'])('every tool of every agent is strict, over %s', async (api) => {
  const { server, agents } = await agentsOnServer(api, [{ text: 'Hello.' }]);
  for (const agent of Object.values(agents))
    expect((await agent.generate('hello', conversation)).text).toBe('Hello.');
  expect(server.violations).toEqual([]);
  expect(server.requests).toHaveLength(agentIds.length);
  const sent = server.requests.flatMap(({ tools }) =>
    tools.map(({ name, strict }) => [name, strict] as const),
  );
  expect(sent.filter(([, strict]) => strict !== true)).toEqual([]);
  const names = new Set(sent.map(([name]) => name).filter((name) => !name.startsWith('agent-')));
  expect([...names].sort()).toEqual(Object.keys(permissions).sort());
});

test('what a model writes in strict mode reaches the plan in the plan’s form', async () => {
  const transforms = [emptyTransform({ kind: 'choice', choices: [{ code: '1', word: 'open' }] })];
  const input = { entity: 'invoices', column: 'status', reason: 'codes', transforms };
  const { server, agents, calls } = await agentsOnServer('responses', [
    { toolCalls: [{ name: 'setColumn', arguments: input }] },
    { text: 'Noted.' },
  ]);
  expect((await agents.dataMapping.generate('status has codes')).text).toBe('Noted.');
  expect(server.violations).toEqual([]);
  expect(calls).toMatchObject([
    ['changePlan', [{ transform: [{ kind: 'choice', map: { 1: 'open' }, unknown: 'quarantine' }] }]],
  ]);
});
