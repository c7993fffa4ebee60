/**
 * JSON that no page sends: nested so deep that whoever walks it runs out of stack, with a field that changes what objects
 * are, or with characters that no text of a database can hold.
 */
import type { MiddlewareHandler } from 'hono';
import type { ServerEnv } from '../server-env.ts';
import { refuseRequest } from './refuse-request.ts';

/** The deepest that is sent is a conversation, at about ten. */
const deepest = 40;

export const jsonGuard: MiddlewareHandler<ServerEnv> = async (c, next) => {
  if (c.req.method === 'POST') {
    const text = await c.req.text();
    if (depthOf(text) > deepest) throw refuseRequest('JSON as deep as this');
    const value = text === '' ? null : parse(text);
    if (changesObjects(value)) throw refuseRequest('A field named __proto__');
    if (holdsImpossible(value)) throw refuseRequest('A text with a zero or half a character in it');
  }
  await next();
};

/** Counted before it is parsed, in one walk whatever the text is; what stands in texts does not count. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === '"') quoted = !quoted;
    else if (quoted && letter === '\\') i++;
    else if (!quoted && (letter === '{' || letter === '[')) most = Math.max(most, ++depth);
    else if (!quoted && (letter === '}' || letter === ']')) depth--;
  }
  return most;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuseRequest('The JSON');
  }
}

function changesObjects(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(changesObjects);
}

/** Told here rather than by the database, whose error would look like a failure of the server. */
function holdsImpossible(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed();
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsImpossible);
}
