/** The form of a request before anybody reads what it says: method, address, parameters, kind and length of its body. */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';
import { refuseRequest } from './refuse-request.ts';

type Guard = MiddlewareHandler<ServerEnv>;

const methods = new Set(['GET', 'HEAD', 'POST']);

/** No other method does anything here; a header that asks to be taken for one is not read. */
export const methodGuard: Guard = async (c, next) => {
  if (!methods.has(c.req.method)) {
    throw new MigrationError({
      code: 'METHOD_REFUSED',
      message: 'The server knows GET, HEAD and POST only.',
      hint: 'See /api/v1/openapi.json for what can be asked.',
    });
  }
  await next();
};

const steps = /(^|\/)\.{1,2}(\/|$)|\\/;
const brokenCode = /%(?![0-9a-f]{2})/i;
/** No name, key or parameter holds one. */
const zero = /%00/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u001f\u007f]/;

/**
 * No steps up and no backslashes in an address, in whatever way they are encoded, twice too. Behind /api stand names of tables and
 * keys of rows, which hold anything, encoded once; no file is looked for there.
 */
export const addressGuard: Guard = async (c, next) => {
  const raw = c.env?.incoming?.url ?? c.req.url.slice(new URL(c.req.url).origin.length);
  const path = raw.split(/[?#]/, 1)[0]!;
  const forms = path.startsWith('/api/') ? [path] : [path, ...decoded(path)];
  const wrong = forms.some((form) => steps.test(form) || control.test(form));
  if (wrong || !path.startsWith('/') || path.includes('//') || brokenCode.test(path) || zero.test(raw))
    throw refuseRequest('The address');
  if (Object.values(c.req.queries()).some((values) => values.length > 1))
    throw refuseRequest('A parameter that stands twice');
  await next();
};

function decoded(path: string): string[] {
  const once = decode(path);
  return [once, decode(once), decode(decode(once))];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a percent sign that is one
  }
}

/** A form of another page can send text, but not JSON without asking first. */
export const kindGuard: Guard = async (c, next) => {
  if (c.req.method === 'POST' && !/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new MigrationError({
      code: 'NOT_JSON',
      message: 'What is sent here must be JSON, and say so.',
      hint: 'Nothing was done. Send the header content-type: application/json, without a body too.',
    });
  }
  await next();
};

/** In bytes; longer than that is not read to its end. */
export function lengthGuard(most: number): Guard {
  return bodyLimit({
    maxSize: most,
    onError: () => {
      throw new MigrationError({
        code: 'TOO_LARGE',
        message: 'The request is larger than this server reads.',
        hint: 'Nothing was done. Send less at a time.',
      });
    },
  });
}
