/** What was said in the conversation before. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { chatHistory } from '../shapes/chat.ts';
import { answers, asks, createRoutes, ofMigration, params, said } from './declared.ts';

const messages = createRoute({
  method: 'get',
  path: `${ofMigration}/messages`,
  summary: 'The conversation so far, oldest first',
  request: { params },
  ...asks('viewer'),
  responses: answers('Messages', chatHistory),
});

export function messageRoutes({ live }: Pick<ServerDependencies, 'live'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(messages, async (c) => {
    const talk = live.talk(c.req.valid('param').id);
    return c.json(said(chatHistory, await talk.history()), 200);
  });
  return routes;
}
