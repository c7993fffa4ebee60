/** After something was done to a migration, whoever watches it sees it soon. */
import type { MiddlewareHandler } from 'hono';
import type { ServerEnv } from '../server-env.ts';
import { migrationId } from '../shapes/migrations.ts';
import type { Live } from './live.ts';

export function nudgeAfter(live: Pick<Live, 'nudge'>): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    await next();
    const id = migrationId.safeParse(c.req.param('id'));
    if (c.req.method === 'POST' && id.success) live.nudge(id.data);
  };
}
