/** The guided migration as the page drives it. Nothing here decides an approval. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { guideAnswer, guideView } from '../shapes/guide.ts';
import { guideOnPage } from '../views/guide-on-page.ts';
import { answers, asks, body, createRoutes, ofMigration, params, said } from './declared.ts';

/** Longer work goes on by itself; the answer says “working” then. */
const patience = { milliseconds: 1500 };

const current = createRoute({
  method: 'get',
  path: `${ofMigration}/guide`,
  summary: 'The card that the guided migration shows; starts nothing',
  request: { params },
  ...asks('viewer'),
  responses: answers('The guide', guideView),
});

const start = createRoute({
  method: 'post',
  path: `${ofMigration}/guide/start`,
  summary: 'Begins the guided migration, joins it, or goes on with an interrupted one',
  request: { params },
  ...asks('operator'),
  responses: answers('The guide', guideView),
});

const answer = createRoute({
  method: 'post',
  path: `${ofMigration}/guide/answer`,
  summary:
    'Answers a card, or goes on with what was interrupted; an approval is decided elsewhere, by an approver',
  request: { params, body: body(guideAnswer) },
  ...asks('operator'),
  responses: answers('The guide', guideView),
});

const leave = createRoute({
  method: 'post',
  path: `${ofMigration}/guide/leave`,
  summary: 'Stops guiding; a migration that is moving goes on',
  request: { params },
  ...asks('operator'),
  responses: answers('The guide', guideView),
});

export function guideRoutes({ migrations }: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  routes.openapi(current, async (c) => {
    const { id } = c.req.valid('param');
    const { guide } = migrations.at(id);
    return c.json(
      said(guideView, guideOnPage(await migrations.share(id, 'guide', () => guide.current()))),
      200,
    );
  });
  routes.openapi(start, async (c) => {
    const { guide } = migrations.at(c.req.valid('param').id);
    return c.json(said(guideView, guideOnPage(await guide.start(c.get('visitor').name, patience))), 200);
  });
  routes.openapi(answer, async (c) => {
    const { guide } = migrations.at(c.req.valid('param').id);
    const { answer: given, cardId } = c.req.valid('json');
    const by = c.get('visitor').name;
    // who was shown no card cannot have answered the one that is shown by now
    const reply = { answer: given, by, cardId: cardId ?? '' };
    return c.json(said(guideView, guideOnPage(await guide.continue(reply, patience))), 200);
  });
  routes.openapi(leave, async (c) => {
    const { guide } = migrations.at(c.req.valid('param').id);
    return c.json(said(guideView, guideOnPage(await guide.leave(c.get('visitor').name))), 200);
  });
  return routes;
}
