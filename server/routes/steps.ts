/** The steps of a journey. What needs a yes answers with its card; nothing has happened then. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { createStepsInHand } from '../migrations/steps-in-hand.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { connections } from '../shapes/connections.ts';
import { stepAnswer, stepName, stepOptions, undoPreview } from '../shapes/steps.ts';
import { answers, asks, createRoutes, ofMigration, params, said } from './declared.ts';

const look = createRoute({
  method: 'get',
  path: `${ofMigration}/connections`,
  summary: 'Tests the connections to both databases; nothing is written',
  request: { params },
  ...asks('operator'),
  responses: answers('Checks, in words', connections),
});

const step = createRoute({
  method: 'post',
  path: `${ofMigration}/steps/{step}`,
  summary: 'Does a step; what needs an approval answers with the card that a person must decide',
  request: { params: params.extend({ step: stepName }), query: stepOptions },
  ...asks('operator'),
  responses: answers('What came of it, or the card', stepAnswer),
});

const undo = createRoute({
  method: 'get',
  path: `${ofMigration}/undo`,
  summary: 'What undoing the newest run would do now; nothing is changed',
  request: { params },
  ...asks('viewer'),
  responses: answers('Counts', undoPreview),
});

export function stepRoutes({ migrations }: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  const inHand = createStepsInHand();
  routes.openapi(look, async (c) => {
    const { opened } = migrations.at(c.req.valid('param').id);
    return c.json(said(connections, await opened.journey.preflight()), 200);
  });
  routes.openapi(step, async (c) => {
    const { id, step: name } = c.req.valid('param');
    const { opened } = migrations.at(id);
    const options = c.req.valid('query');
    const wish = {
      by: c.get('visitor').name,
      chaos: options.chaos === 'true',
      forceChanged: options.forceChanged === 'true',
    };
    const answer = await inHand(opened.journey, name, wish);
    return c.json(said(stepAnswer, answer), 200);
  });
  routes.openapi(undo, async (c) => {
    const { id } = c.req.valid('param');
    const { journey } = migrations.at(id).opened;
    const read = migrations.share(id, 'undo', () => journey.previewRollback());
    return c.json(said(undoPreview, await read), 200);
  });
  return routes;
}
