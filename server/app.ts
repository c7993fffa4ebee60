/**
 * The server as one function from request to answer: guards first, then who is asking, then the routes. Nothing of Mastra's
 * own API is mounted: it runs tools without approval.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import { identify } from './access/identify.ts';
import { needs } from './access/needs.ts';
import { answerError, answerNothing, refuseInput } from './guards/answer-error.ts';
import { apiRoutes } from './routes/api.ts';
import { metricsRoutes } from './routes/metrics.ts';
import type { ServerDependencies } from './server-dependencies.ts';
import type { ServerEnv } from './server-env.ts';

export type App = OpenAPIHono<ServerEnv>;

export function createApp(given: ServerDependencies): App {
  const { guards, sessions, page, metrics } = given;
  const deps = { ...given, access: guards.limitGuessing(given.access) };
  const known = identify(deps.access, sessions);
  const app: App = new OpenAPIHono<ServerEnv>({ defaultHook: refuseInput });
  app.onError(answerError);
  app.notFound(answerNothing);
  app.use('*', metrics.guard);
  for (const guard of guards.all) app.use('*', guard);
  app.get('/healthz', (c) => c.text('ok'));
  app.use('/metrics', known, needs('viewer'));
  app.use('/api/*', known, ...guards.behind);
  app.route('/', metricsRoutes(deps));
  app.route('/', apiRoutes(deps));
  app.get('*', page.answer);
  return app;
}
