/**
 * The one place where something leaves for a model: a `fetch` for a single try. It tells what is about to be sent before
 * sending it, sends no key where there is none, follows no redirect (it would take the conversation elsewhere), and
 * turns every failure into an error without the answer's body.
 */
import { createHash } from 'node:crypto';
import { isAbort } from '../../engine/index.ts';
import type { Connection } from './connection.ts';
import { refusalError, unreachable } from './model-errors.ts';

export interface Outgoing {
  readonly bytes: number;
  readonly sha256: string;
}

export interface OutgoingRequestOptions {
  readonly connection: Pick<Connection, 'host' | 'key'>;
  readonly fetch: typeof fetch;
  /** A rejection keeps the request from being sent. */
  readonly beforeSending: (outgoing: Outgoing) => Promise<void>;
}

export function createOutgoingRequest({
  connection,
  fetch,
  beforeSending,
}: OutgoingRequestOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const body = String(init?.body ?? '');
    const headers = new Headers(init?.headers);
    if (connection.key === null) headers.delete('authorization');
    await beforeSending({
      bytes: Buffer.byteLength(body),
      sha256: createHash('sha256').update(body).digest('hex'),
    });
    let response: Response;
    try {
      response = await fetch(input, { ...init, headers, redirect: 'manual' });
    } catch (error) {
      if (isAbort(error)) throw error;
      throw unreachable(connection.host, causeCode(error));
    }
    if (response.ok) return response;
    throw refusalError(connection.host, {
      status: response.status,
      code: await refusalCode(response),
      waitMilliseconds: retryAfter(response.headers),
    });
  };
}

/** `ECONNREFUSED` and the like: letters only, so that nothing else can stand in it. */
function causeCode(error: unknown): string | null {
  const { cause } = error as { cause?: { code?: unknown } };
  const code = cause?.code;
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code : null;
}

async function refusalCode(response: Response): Promise<string | null> {
  try {
    const body = JSON.parse((await response.text()).slice(0, 100_000)) as { error?: { code?: unknown } };
    const code = body.error?.code;
    return typeof code === 'string' && /^[a-z_]{3,40}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}

/** Seconds or a date; OpenAI also tells milliseconds in a header of its own. */
function retryAfter(headers: Headers): number | null {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (milliseconds >= 0) return milliseconds;
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number.parseFloat(text) * 1000;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : Math.max(0, moment - Date.now());
}
