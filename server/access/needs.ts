/** Lets only those on who have the role, or one that may do all that it may. Behind `identify`. */
import type { MiddlewareHandler } from 'hono';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';
import { type Role, roles } from '../shapes/access.ts';

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
