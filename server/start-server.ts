/** Listens, and ends without dropping what is under way. Runs are processes of their own: ending the server stops none. */
import { type ServerType, serve } from '@hono/node-server';
import { MigrationError } from '../engine/core/errors.ts';
import type { App } from './app.ts';

export interface RunningServer {
  readonly port: number;
  /** Takes no more requests, lets those under way end for a moment, then cuts them off. */
  close(): Promise<void>;
}

const patience = 3000;

/** @throws PORT_IN_USE */
export async function startServer(
  app: App,
  { host, port }: { host: string; port: number },
): Promise<RunningServer> {
  const server = await listening(app, host, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), patience).unref();
      }),
  };
}

function listening(app: App, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, hostname, port)));
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error;
  return new MigrationError({
    code: 'PORT_IN_USE',
    message:
      error.code === 'EACCES'
        ? `This user may not listen on port ${port} of ${host}.`
        : `Something listens on port ${port} of ${host} already, perhaps another “towpath serve”.`,
    hint: 'Choose another one: towpath serve --port 4400. Nothing was started.',
    cause: error,
  });
}
