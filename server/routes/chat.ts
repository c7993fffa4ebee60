/** Talking with the guide. Nothing that is said here approves anything. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { createUIMessageStreamResponse } from 'ai';
import type { Turn } from '../chat/turn.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { chatRequest } from '../shapes/chat.ts';
import { answers, asks, body, createRoutes, ofMigration, params, said, streams } from './declared.ts';

const chunk = z.looseObject({ type: z.string() });

const say = createRoute({
  method: 'post',
  path: `${ofMigration}/chat`,
  summary: 'Says something to the guide; its answer streams as AI SDK’s UI message stream',
  request: { params, body: body(chatRequest) },
  ...asks('operator'),
  responses: streams('Chunks of the answer', chunk),
});

const join = createRoute({
  method: 'get',
  path: `${ofMigration}/chat`,
  summary: 'The answer that is under way, from its beginning',
  request: { params },
  ...asks('viewer'),
  responses: { ...streams('Chunks of the answer', chunk), 204: { description: 'Nobody is answered' } },
});

const stopped = z.object({ stopped: z.boolean() });

const stop = createRoute({
  method: 'post',
  path: `${ofMigration}/chat/stop`,
  summary: 'Asks the guide to stop its answer; what a tool has begun, it ends',
  request: { params },
  ...asks('operator'),
  responses: answers('Whether there was one', stopped),
});

/** So that nothing on the way takes a long silence for an end. */
const keepAliveMs = 15_000;

export function chatRoutes({ live }: Pick<ServerDependencies, 'live'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(say, async (c) => {
    const talk = live.talk(c.req.valid('param').id);
    return answer(talk.say(c.req.valid('json').text, c.get('visitor').name));
  });
  routes.openapi(join, (c) => {
    const turn = live.talk(c.req.valid('param').id).turn();
    return turn === null ? c.body(null, 204) : answer(turn);
  });
  routes.openapi(stop, (c) => {
    const turn = live.talk(c.req.valid('param').id).turn();
    turn?.stop();
    return c.json(said(stopped, { stopped: turn !== null }), 200);
  });
  return routes;
}

function answer(turn: Turn): Response {
  return createUIMessageStreamResponse({ stream: turn.follow(), keepAliveMs });
}
