/**
 * Answers only under names that are its own. A page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding): the
 * browser then takes it for one site with this one, and only the Host header shows it.
 */
import type { MiddlewareHandler } from 'hono';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';

/** Asked by what watches over processes, under whatever name it knows; they tell nothing. */
const alwaysAnswered = new Set(['/healthz', '/readyz']);

/** `origins` such as http://127.0.0.1:4400, known once the server listens. */
export function hostGuard(origins: () => readonly string[]): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    if (alwaysAnswered.has(c.req.path)) return next();
    const asked = new URL(c.req.url).host; // of the address where the first line of the request has a whole one
    const named = c.req.header('host') ?? asked;
    const origin = origins().find((one) => isHostOf(one, named) && isHostOf(one, asked));
    if (origin === undefined) {
      throw new MigrationError({
        code: 'FOREIGN_HOST',
        message: 'The request was sent to a name that this server does not have.',
        hint: 'Open the address that “towpath serve” printed. Another name is given with --address.',
      });
    }
    c.set('origin', origin);
    await next();
  };
}

function isHostOf(origin: string, host: string): boolean {
  const { protocol, host: own, port } = new URL(origin);
  const usual = protocol === 'https:' ? '443' : '80';
  const named = host.toLowerCase();
  return named === own || (port === '' && named === `${own}:${usual}`);
}
