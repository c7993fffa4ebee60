/** The list of migrations, and one of them. */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { needs } from '../access/identify.ts';
import type { ServerDependencies } from '../app.ts';
import type { ServerEnv } from '../server-env.ts';
import { migrationId, migrationSummary, migrationView } from '../shapes/migrations.ts';

const params = z.object({ id: migrationId });

const list = createRoute({
  method: 'get',
  path: '/api/v1/migrations',
  summary: 'The migrations that this server knows',
  responses: {
    200: {
      description: 'Migrations',
      content: { 'application/json': { schema: z.array(migrationSummary) } },
    },
  },
});

const one = createRoute({
  method: 'get',
  path: '/api/v1/migrations/{id}',
  summary: 'One migration: where it stands, what waits for a person',
  request: { params },
  responses: {
    200: { description: 'The migration', content: { 'application/json': { schema: migrationView } } },
  },
});

const open = createRoute({
  method: 'post',
  path: '/api/v1/migrations/{id}/open',
  summary: 'Opens a migration; the sample is made where there is none',
  request: { params },
  middleware: needs('operator'),
  responses: {
    202: { description: 'It is being opened', content: { 'application/json': { schema: migrationView } } },
  },
});

export function migrationRoutes({ migrations }: ServerDependencies): OpenAPIHono<ServerEnv> {
  const routes = new OpenAPIHono<ServerEnv>();
  routes.openapi(list, async (c) => c.json(await migrations.list(), 200));
  routes.openapi(one, async (c) => c.json(await migrations.view(c.req.valid('param').id), 200));
  routes.openapi(open, async (c) => {
    const { id } = c.req.valid('param');
    migrations.open(id);
    return c.json(await migrations.view(id), 202);
  });
  return routes;
}
