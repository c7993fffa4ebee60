/**
 * Listens, and ends without dropping what is under way. Runs are processes of their own: ending the server stops none.
 * Who opens connections and says nothing, or says it a byte at a time, is cut off.
 */
import { createServer, type Server, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener, RequestError } from '@hono/node-server';
import { MigrationError } from '../engine/core/errors.ts';
import type { App } from './app.ts';
import type { Guards } from './guards/guards.ts';

export interface RunningServer {
  readonly port: number;
  /** Takes no more requests, ends streams, lets answers under way end for a moment, then cuts them off. */
  close(): Promise<void>;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Milliseconds. */
  readonly patience?: Partial<Patience>;
}

interface Patience {
  /** Until the first lines of a request are there. */
  readonly headers: number;
  /** Until all of it is there. */
  readonly request: number;
  /** For answers under way when the server ends. */
  readonly ending: number;
}

const usualPatience: Patience = { headers: 10_000, request: 30_000, ending: 3000 };
const mostConnections = 1000;

/** @throws PORT_IN_USE */
export async function startServer(
  app: App,
  { host, port, patience: given = {} }: Listening,
  guards?: Pick<Guards, 'refusals' | 'endStreams'>,
): Promise<RunningServer> {
  const patience = { ...usualPatience, ...given };
  const server = createServer(optionsFor(patience), listenerFor(app, guards));
  server.maxConnections = mostConnections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuse(error, socket, guards));
  await listen(server, host, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => close(server, patience.ending, guards),
  };
}

function optionsFor({ headers, request }: Patience): ServerOptions {
  return {
    headersTimeout: Math.min(headers, request),
    requestTimeout: request,
    connectionsCheckingInterval: Math.max(100, Math.min(headers, request) / 4),
    keepAliveTimeout: 5000,
    maxHeaderSize: 16_384,
  };
}

function listenerFor(app: App, guards?: Pick<Guards, 'refusals'>) {
  return getRequestListener((request, env) => app.fetch(request, env), {
    errorHandler: (error) => {
      const wrong = error instanceof Error ? error : new Error('unknown');
      // a Host that is none, an address that cannot be read; anything else got past the answers to errors
      const status = wrong instanceof RequestError ? 400 : 500;
      guards?.refusals.note(unread(status === 400 ? 'BAD_REQUEST' : 'UNEXPECTED', status, ''), wrong);
      return new Response(null, { status });
    },
  });
}

/** Answered on the bare connection: there is no request yet to answer. */
function refuse(error: NodeJS.ErrnoException, socket: Socket, guards?: Pick<Guards, 'refusals'>): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, words, code] = wordsOf(error.code ?? '');
  guards?.refusals.note(unread(code, status, socket.remoteAddress ?? ''));
  socket.end(`HTTP/1.1 ${status} ${words}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  socket.destroySoon();
}

function wordsOf(code: string): [status: number, words: string, code: string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout', 'TOO_SLOW'];
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'Request Header Fields Too Large', 'TOO_LARGE'];
  return [400, 'Bad Request', 'BAD_REQUEST'];
}

function unread(code: string, status: number, from: string) {
  return { who: null, what: 'a request that could not be read', code, status, from };
}

function close(server: Server, ending: number, guards?: Pick<Guards, 'endStreams'>): Promise<void> {
  return new Promise((resolve) => {
    // a connection whose last answer ends from now on is idle then, and kept open by its client for nothing
    const letting = setInterval(() => server.closeIdleConnections(), 50);
    const cutting = setTimeout(() => server.closeAllConnections(), ending);
    server.close(() => {
      clearInterval(letting);
      clearTimeout(cutting);
      resolve();
    });
    guards?.endStreams();
    server.closeIdleConnections();
  });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new MigrationError({
      code: 'HOST_NOT_MINE',
      message: `This computer has no address ${host}.`,
      hint: 'Leave --host out for this computer only, or give one of its own addresses. Nothing was started.',
      cause: error,
    });
  }
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  return new MigrationError({
    code: 'PORT_IN_USE',
    message:
      error.code === 'EACCES'
        ? `This user may not listen on port ${port} of ${host}.`
        : `Something listens on port ${port} of ${host} already, perhaps another “towpath serve”.`,
    hint: 'Choose another one: towpath serve --port 0 takes any that is free (npm start -- --port 0). Nothing was started.',
    cause: error,
  });
}
