/**
 * What a browser is told about every answer: nothing runs that this server did not send as a file, nobody frames it, nobody is
 * told where people come from, nothing of the API is kept. HSTS only where the address is https: over http it means
 * nothing, and on 127.0.0.1 it would close every other server of this machine.
 */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ServerEnv } from '../server-env.ts';
import { originOf } from './address.ts';

const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

const permissions = { camera: [], microphone: [], geolocation: [], payment: [], usb: [] };

export const headers: MiddlewareHandler<ServerEnv>[] = [
  secureHeaders({
    contentSecurityPolicy: policy,
    permissionsPolicy: permissions,
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
  }),
  async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
    if (originOf(c).startsWith('https:')) c.header('strict-transport-security', 'max-age=31536000');
  },
];
