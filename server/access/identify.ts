/** Lets nobody in who is not known, and says who it is to what comes behind. */
import type { MiddlewareHandler } from 'hono';
import { MigrationError } from '../../engine/core/errors.ts';
import { addressOf } from '../guards/address.ts';
import type { ServerEnv } from '../server-env.ts';
import { type Access, digestOf } from './access.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';

/** Where a credential is exchanged for a session: the one address of the API that asks for none. */
export const signInPath = '/api/v1/sign-in';
export const signOutPath = '/api/v1/sign-out';

/** A script shows its token with each request, a browser the cookie of its session; never one instead of the other. */
export function identify(access: Access, sessions?: Sessions): MiddlewareHandler<ServerEnv> {
  // asked for streams that are open: what others of this address try must not end them
  const isKnown = async (token: string) =>
    ((await access.visitorByDigest?.(digestOf(token))) ?? null) !== null;
  return async (c, next) => {
    if (c.req.path === signInPath) return next();
    const token = /^Bearer (.{1,4096})$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const session = token === undefined ? readSessionCookie(c) : undefined;
    const who = async () => {
      if (token !== undefined) return access.visitorOf(token, addressOf(c));
      return session === undefined ? null : ((await sessions?.visitorOf(session)) ?? null);
    };
    const visitor = await who();
    if (visitor === null) throw notSignedIn();
    c.set('visitor', { name: visitor.name, role: visitor.role });
    c.set('stillIn', async () => (token !== undefined && (await isKnown(token))) || (await who()) !== null);
    await next();
  };
}

export function notSignedIn(): MigrationError {
  return new MigrationError({
    code: 'NOT_SIGNED_IN',
    message: 'This page is not signed in, or its session has ended.',
    hint: 'Open the address that “towpath serve” printed, or the one you were given with your token.',
  });
}
