/** Everything the page knows of the server, in one place that the screens look into; and whether it is reached. */
import {
  MutationCache,
  onlineManager,
  QueryCache,
  QueryClient,
  QueryClientProvider,
} from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { isSignedOut, NoAnswer } from './ask.ts';
import { type Connection, createConnection, type Reached } from './connection.ts';

interface Server {
  readonly connection: Connection;
  readonly queries: QueryClient;
}

const ServerContext = createContext<Server | null>(null);

export function ServerProvider({ children }: { readonly children: ReactNode }) {
  const [server] = useState(createServer);
  return (
    <ServerContext value={server}>
      <QueryClientProvider client={server.queries}>{children}</QueryClientProvider>
    </ServerContext>
  );
}

function createServer(): Server {
  const connection = createConnection(() => fetch('/healthz', { cache: 'no-store' }).then(mustBeOk));
  const report = (error: Error) => (error instanceof NoAnswer ? connection.missed() : connection.heard());
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onSuccess: () => connection.heard(),
      onError: (error, { queryKey }) => {
        report(error);
        if (isSignedOut(error) && queryKey[0] !== 'session')
          void queries.invalidateQueries({ queryKey: ['session'] });
      },
    }),
    mutationCache: new MutationCache({ onSuccess: () => connection.heard(), onError: report }),
    defaultOptions: {
      queries: { retry: false, staleTime: 2000, refetchOnReconnect: 'always' },
      // what is written is never kept back and sent later: by then a person may want something else
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  // while the server is away nothing is asked; when it is back, everything that is shown is
  onlineManager.setEventListener((setOnline) =>
    connection.subscribe(() => setOnline(connection.read().state === 'reached')),
  );
  return { connection, queries };
}

function mustBeOk(answer: Response): void {
  if (!answer.ok) throw new NoAnswer(`Answered with ${answer.status}.`);
}

export function useConnection(): Connection {
  const server = useContext(ServerContext);
  if (server === null) throw new Error('There is no server around this.');
  return server.connection;
}

export function useReached(): Reached {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.read);
}
