/** Where a request comes from, and which address of this server it was sent to. */
import type { Context } from 'hono';
import type { ServerEnv } from '../server-env.ts';

/** Of the socket; what a header says of it could say anything. */
export function addressOf(c: Context<ServerEnv>): string {
  return c.env?.incoming?.socket.remoteAddress ?? 'here';
}

/** As the browser knows it: behind a proxy that speaks https, the https address. Set by the host guard, which knows them. */
export function originOf(c: Context<ServerEnv>): string {
  return c.get('origin') ?? new URL(c.req.url).origin;
}
