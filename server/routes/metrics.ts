/** For machines that watch the server: metrics, and whether it can do its work. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { createClock } from '../../engine/core/clock.ts';
import { createReadiness } from '../metrics/readiness.ts';
import type { ServerDependencies } from '../server-dependencies.ts';
import type { ServerEnv } from '../server-env.ts';
import { readiness } from '../shapes/readiness.ts';
import { createRoutes, said } from './declared.ts';

/** Who may ask for metrics is settled before; whether it is ready anybody may ask. */
export function metricsRoutes({
  metrics,
  migrations,
}: Pick<ServerDependencies, 'metrics' | 'migrations'>): OpenAPIHono<ServerEnv> {
  const routes = createRoutes();
  const isReady = createReadiness({ migrations, clock: createClock() });
  routes.get('/metrics', async (c) =>
    c.body(await metrics.text(), 200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }),
  );
  routes.get('/readyz', async (c) => {
    const found = await isReady();
    return c.json(said(readiness, found), found.status === 'ready' ? 200 : 503, {
      'cache-control': 'no-store',
    });
  });
  return routes;
}
