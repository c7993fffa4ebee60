/** After something was done to a migration, whoever watches it sees it soon, and the guided migration takes notice. */
import type { MiddlewareHandler } from 'hono';
import type { ServerEnv } from '../server-env.ts';
import { migrationId } from '../shapes/migrations.ts';
import type { Live } from './live.ts';

/** Here the guide was spoken to, or is told by what was done. */
const toGuide = /\/(chat|chat\/stop|guide\/\w+|approvals\/[^/]+|open)$/;

export function nudgeAfter(live: Pick<Live, 'nudge'>): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    await next();
    const id = migrationId.safeParse(c.req.param('id'));
    if (c.req.method !== 'POST' || !c.res.ok || !id.success) return;
    live.nudge(id.data, toGuide.test(c.req.path) ? null : c.get('visitor').name);
  };
}
