/**
 * Writing is for this page and for scripts that hold a token, not for other pages that run in the same browser. Other ports
 * of this machine count as the same site, so cookies come along from there: `same-site` is not enough.
 */
import type { MiddlewareHandler } from 'hono';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';

const reading = new Set(['GET', 'HEAD']);

export function originGuard(origins: () => readonly string[]): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const refused = reading.has(c.req.method)
      ? c.req.path.startsWith('/api/') && (site === 'cross-site' || site === 'same-site')
      : (site !== undefined && site !== 'same-origin') ||
        (origin !== undefined && !origins().includes(origin)) ||
        // every browser says one of the two where it writes; a script shows its token
        (site === undefined && origin === undefined && c.req.header('cookie') !== undefined);
    if (refused) {
      throw new MigrationError({
        code: 'FOREIGN_ORIGIN',
        message: 'The request came from another page.',
        hint: 'Nothing was done. Use the page of this server itself; scripts send their token, and no cookie.',
      });
    }
    await next();
  };
}
