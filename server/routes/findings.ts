/** Differences that the newest comparison found, and why a row is what it is. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { findings, rowStory } from '../shapes/findings.ts';
import { rowParams, runQuery } from '../shapes/names.ts';
import { answers, asks, createRoutes, ofMigration, params, said } from './declared.ts';

const list = createRoute({
  method: 'get',
  path: `${ofMigration}/findings`,
  summary: 'Differences between the old and the new system, as the newest comparison found them',
  request: { params, query: runQuery },
  ...asks('viewer'),
  responses: answers('Findings', findings),
});

const row = createRoute({
  method: 'get',
  path: `${ofMigration}/rows/{entity}/{key}`,
  summary: 'Why a row is what it is in the new system, or why it is not there; values show their form only',
  request: { params: params.extend(rowParams) },
  ...asks('viewer'),
  responses: answers('The story of the row', rowStory),
});

export function findingRoutes({
  migrations,
}: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(list, async (c) => {
    const { journey } = migrations.at(c.req.valid('param').id).opened;
    return c.json(said(findings, await journey.findings(c.req.valid('query').run ?? null)), 200);
  });
  routes.openapi(row, async (c) => {
    const { id, entity, key } = c.req.valid('param');
    const { journey } = migrations.at(id).opened;
    return c.json(said(rowStory, await journey.row(entity, key)), 200);
  });
  return routes;
}
