/** What happens in a migration, told while it happens. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { liveEvent } from '../shapes/events.ts';
import { asks, createRoutes, ofMigration, params, streams } from './declared.ts';

const events = createRoute({
  method: 'get',
  path: `${ofMigration}/events`,
  summary: 'Server-sent events; each message is one document of this shape',
  request: {
    params,
    headers: z.object({
      'last-event-id': z
        .string()
        .max(40)
        .optional()
        .openapi({ description: 'Goes on behind this event, as browsers do by themselves' }),
    }),
  },
  ...asks('viewer'),
  responses: streams('Events, until one side ends it', liveEvent),
});

export function eventRoutes({ live }: Pick<ServerDependencies, 'live'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(events, (c) => {
    const given = c.req.valid('header')['last-event-id'];
    // what is no id of ours was never told here, so everything is to be fetched again
    const lastId = given === undefined || given === '' ? null : /^\d{1,16}$/.test(given) ? Number(given) : 0;
    return c.body(live.events(c.req.valid('param').id, lastId), 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
  });
  return routes;
}
