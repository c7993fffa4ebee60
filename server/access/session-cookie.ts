/**
 * The cookie of a session. Scripts of a page cannot read it, other sites cannot send it. Cookies know no ports, so its name
 * does: two servers on one machine keep out of each other's way. Where the address is https it is sent there only.
 */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { originOf } from '../guards/address.ts';
import type { ServerEnv } from '../server-env.ts';

export function readSessionCookie(c: Context<ServerEnv>): string | undefined {
  const value = getCookie(c, cookieOf(c).name);
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}

export function setSessionCookie(c: Context<ServerEnv>, value: string): void {
  const { name, secure } = cookieOf(c);
  setCookie(c, name, value, { httpOnly: true, sameSite: 'Strict', path: '/', secure });
}

export function dropSessionCookie(c: Context<ServerEnv>): void {
  const { name, secure } = cookieOf(c);
  setCookie(c, name, '', { httpOnly: true, sameSite: 'Strict', path: '/', secure, maxAge: 0 });
}

function cookieOf(c: Context<ServerEnv>): { name: string; secure: boolean } {
  const { protocol, port } = new URL(originOf(c));
  if (protocol === 'https:') return { name: '__Host-towpath', secure: true };
  return { name: `towpath_${port === '' ? '80' : port}`, secure: false };
}
