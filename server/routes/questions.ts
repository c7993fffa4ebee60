/** Questions that the plan cannot decide, and their answers. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { answered, questionAnswer, questions } from '../shapes/questions.ts';
import { answers, asks, body, createRoutes, ofMigration, params, said } from './declared.ts';

const list = createRoute({
  method: 'get',
  path: `${ofMigration}/questions`,
  summary: 'Every question of the plan, and the one to be asked next',
  request: { params },
  ...asks('viewer'),
  responses: answers('Questions', questions),
});

const recommended = createRoute({
  method: 'post',
  path: `${ofMigration}/questions/recommended`,
  summary: 'Answers every open question as recommended',
  request: { params },
  ...asks('operator'),
  responses: answers('What was answered', answered),
});

const answer = createRoute({
  method: 'post',
  path: `${ofMigration}/questions/{number}`,
  summary: 'Answers one question',
  request: {
    params: params.extend({ number: z.coerce.number().int().min(1).max(1_000_000) }),
    body: body(questionAnswer),
  },
  ...asks('operator'),
  responses: answers('What was answered', answered),
});

export function questionRoutes({
  migrations,
}: Pick<ServerDependencies, 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  const journeyOf = (id: Parameters<typeof migrations.at>[0]) => migrations.at(id).opened.journey;
  routes.openapi(list, async (c) => {
    const journey = journeyOf(c.req.valid('param').id);
    return c.json(said(questions, await journey.questions(null)), 200);
  });
  routes.openapi(recommended, async (c) => {
    const journey = journeyOf(c.req.valid('param').id);
    return c.json(said(answered, await journey.takeRecommended()), 200);
  });
  routes.openapi(answer, async (c) => {
    const { id, number } = c.req.valid('param');
    const { choice } = c.req.valid('json');
    return c.json(said(answered, await journeyOf(id).answerQuestion(number, choice)), 200);
  });
  return routes;
}
