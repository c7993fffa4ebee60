/** The REST API: every subject's routes together. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { migrationId } from '../shapes/migrations.ts';
import { approvalRoutes } from './approvals.ts';
import { createRoutes } from './declared.ts';
import { findingRoutes } from './findings.ts';
import { guideRoutes } from './guide.ts';
import { migrationRoutes } from './migrations.ts';
import { planRoutes } from './plan.ts';
import { proofRoutes } from './proof.ts';
import { quarantineRoutes } from './quarantine.ts';
import { questionRoutes } from './questions.ts';
import { runRoutes } from './runs.ts';
import { stepRoutes } from './steps.ts';

export function restRoutes(
  deps: Pick<ServerDependencies, 'migrations'> & Partial<Pick<ServerDependencies, 'live'>>,
): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  const subjects = [
    migrationRoutes,
    guideRoutes,
    stepRoutes,
    planRoutes,
    questionRoutes,
    approvalRoutes,
    runRoutes,
    findingRoutes,
    quarantineRoutes,
    proofRoutes,
  ];
  routes.use('/api/v1/migrations/:id/*', async (c, next) => {
    await next();
    const id = migrationId.safeParse(c.req.param('id'));
    if (c.req.method !== 'GET' && id.success) deps.migrations.forget(id.data);
  });
  for (const subject of subjects) routes.route('/', subject(deps));
  return routes;
}
