/** The list of migrations, one of them, and opening it. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { type MigrationView, migrationSummary, migrationView } from '../shapes/migrations.ts';
import { accepts, answers, asks, createRoutes, ofMigration, params, said, saidOnce } from './declared.ts';

const summaries = z.array(migrationSummary);

const list = createRoute({
  method: 'get',
  path: '/api/v1/migrations',
  summary: 'The migrations that this server knows',
  ...asks('viewer'),
  responses: answers('Migrations', summaries),
});

const one = createRoute({
  method: 'get',
  path: ofMigration,
  summary: 'One migration: where it stands, what waits for a person',
  request: { params },
  ...asks('viewer'),
  responses: answers('The migration', migrationView),
});

const open = createRoute({
  method: 'post',
  path: `${ofMigration}/open`,
  summary: 'Opens a migration; the sample is made where there is none',
  request: { params },
  ...asks('operator'),
  responses: accepts('It is being opened', migrationView),
});

export function migrationRoutes({
  migrations,
}: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  const viewOf = saidOnce<MigrationView, typeof migrationView>(migrationView, (view) => view);
  routes.openapi(list, async (c) => c.json(said(summaries, await migrations.list()), 200));
  routes.openapi(one, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(viewOf(await migrations.view(id)), 200);
  });
  routes.openapi(open, async (c) => {
    const { id } = c.req.valid('param');
    migrations.open(id);
    return c.json(said(migrationView, await migrations.view(id)), 202);
  });
  return routes;
}
