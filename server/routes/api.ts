/** Everything below /api, and the document that describes it. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { nudgeAfter } from '../live/nudge-after.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { chatRoutes } from './chat.ts';
import { createRoutes } from './declared.ts';
import { eventRoutes } from './events.ts';
import { messageRoutes } from './messages.ts';
import { restRoutes } from './rest.ts';
import { sessionRoutes } from './session.ts';

export function apiRoutes(deps: ServerDependencies): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  routes.use('/api/v1/migrations/:id/*', nudgeAfter(deps.live));
  routes.route('/', sessionRoutes(deps));
  routes.route('/', restRoutes(deps));
  for (const subject of [eventRoutes, chatRoutes, messageRoutes]) routes.route('/', subject(deps));
  routes.doc31('/api/v1/openapi.json', about(deps.version));
  return routes;
}

/** docs/openapi.json; a route asks for what it depends on only when it is asked itself. */
export function describeApi(): string {
  const document = apiRoutes({} as ServerDependencies).getOpenAPI31Document(about('1'));
  return `${JSON.stringify(document, null, 1)}\n`;
}

function about(version = '1') {
  return {
    openapi: '3.1.0',
    info: { title: 'Towpath', version, description: 'Migrations, as people and scripts steer them.' },
  };
}
