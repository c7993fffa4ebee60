/** Runs, and how far one is. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { RunLook } from '../migrations/run-watch.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { runParams } from '../shapes/names.ts';
import { type History, history, runAnswer, runs } from '../shapes/runs.ts';
import { orNothingYet } from '../views/nothing-yet.ts';
import { runViewOf, summaryOf } from '../views/run-view.ts';
import { answers, asks, createRoutes, ofMigration, params, said, saidOnce } from './declared.ts';

const list = createRoute({
  method: 'get',
  path: `${ofMigration}/runs`,
  summary: 'Every run, newest first',
  request: { params },
  ...asks('viewer'),
  responses: answers('Runs', runs),
});

const one = createRoute({
  method: 'get',
  path: `${ofMigration}/runs/{runId}`,
  summary: 'How far a run is; “latest” for the newest',
  request: { params: params.extend(runParams) },
  ...asks('viewer'),
  responses: answers('The run; `data` is null before the first move', runAnswer),
});

const past = createRoute({
  method: 'get',
  path: `${ofMigration}/history`,
  summary: 'What happened last, in words',
  request: { params, query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }) },
  ...asks('viewer'),
  responses: answers('Events, newest last', history),
});

export function runRoutes({ migrations }: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  const answerOf = saidOnce<RunLook, typeof runAnswer>(runAnswer, runViewOf);
  const pastOf = saidOnce<History, typeof history>(history, (read) => read);
  routes.openapi(list, async (c) => {
    const { engine } = migrations.at(c.req.valid('param').id).opened;
    return c.json(said(runs, (await engine.runs()).map(summaryOf)), 200);
  });
  routes.openapi(one, async (c) => {
    const { id, runId } = c.req.valid('param');
    const watch = migrations.watch(id);
    if (runId !== 'latest') return c.json(answerOf(await watch.look(runId)), 200);
    const answer = await orNothingYet(watch.look(null).then(answerOf));
    return c.json(answer, 200);
  });
  routes.openapi(past, async (c) => {
    const { id } = c.req.valid('param');
    const { limit } = c.req.valid('query');
    const { journey } = migrations.at(id).opened;
    const read = await migrations.share(id, `history ${limit}`, () => journey.events(limit));
    return c.json(pastOf(read), 200);
  });
  return routes;
}
