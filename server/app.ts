/**
 * The server as one function from request to answer: guards first, then who is asking, then the routes. Nothing of Mastra's
 * own API is mounted: it runs tools without approval.
 */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Access } from './access/access.ts';
import { identify, needs } from './access/identify.ts';
import type { Sessions } from './access/sessions.ts';
import { answerError, answerNothing, refuseInput } from './guards/answer-error.ts';
import type { Guards } from './guards/guards.ts';
import type { Migrations } from './migrations/migrations.ts';
import { apiRoutes } from './routes/api.ts';
import type { ServerEnv } from './server-env.ts';
import type { PageFiles } from './static/page-files.ts';

export interface ServerDependencies {
  readonly access: Access;
  readonly sessions: Sessions;
  readonly guards: Guards;
  readonly migrations: Migrations;
  readonly page: PageFiles;
  readonly version: string;
}

export type App = OpenAPIHono<ServerEnv>;

export function createApp(given: ServerDependencies): App {
  const { guards, sessions, page } = given;
  const deps = { ...given, access: guards.limitGuessing(given.access) };
  const known = identify(deps.access, sessions);
  const app: App = new OpenAPIHono<ServerEnv>({ defaultHook: refuseInput });
  app.onError(answerError);
  app.notFound(answerNothing);
  for (const guard of guards.all) app.use('*', guard);
  app.get('/healthz', (c) => c.text('ok'));
  app.use('/metrics', known, needs('viewer'));
  app.use('/api/*', known, ...guards.behind);
  app.route('/', apiRoutes(deps));
  app.get('*', page.answer);
  return app;
}
