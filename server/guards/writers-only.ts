/** Whatever a route says of its role: who may only look writes nothing. A route that forgot to ask is still closed to them. */
import type { MiddlewareHandler } from 'hono';
import { signInPath, signOutPath } from '../access/identify.ts';
import { needs } from '../access/needs.ts';
import type { ServerEnv } from '../server-env.ts';

const viewers = needs('viewer');
const operators = needs('operator');
const everybodys = new Set([signInPath, signOutPath]);

export const writersOnly: MiddlewareHandler<ServerEnv> = (c, next) => {
  if (everybodys.has(c.req.path)) return next();
  return (c.req.method === 'POST' ? operators : viewers)(c, next);
};
