/** Lets nobody in who is not known, and says who it is to what comes behind. */
import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';
import { type Role, roles } from '../shapes/access.ts';
import type { Access } from './access.ts';

export const sessionCookie = 'towpath_session';

export function identify(access: Access): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    const token = bearer ?? getCookie(c, sessionCookie);
    const visitor = token === undefined ? null : await access.visitorOf(token);
    if (visitor === null) throw notSignedIn();
    c.set('visitor', visitor);
    await next();
  };
}

/** @throws ROLE_REQUIRED */
export function needs(role: Role): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const visitor = c.get('visitor');
    if (roles.indexOf(visitor.role) < roles.indexOf(role)) {
      throw new MigrationError({
        code: 'ROLE_REQUIRED',
        message: `This needs the role of ${role}; ${visitor.name} is ${visitor.role}.`,
        hint: 'You can read everything here. Ask somebody with that role.',
      });
    }
    await next();
  };
}

function notSignedIn(): MigrationError {
  return new MigrationError({
    code: 'NOT_SIGNED_IN',
    message: 'This page is not signed in, or was signed in to a server that has ended.',
    hint: 'Open the address that “towpath serve” printed.',
  });
}
