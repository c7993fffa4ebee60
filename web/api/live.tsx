/**
 * News of a migration as they happen. The browser's own EventSource comes back by itself and says which event it saw last;
 * where it gives up, because the server answers but not with a stream, a new one is tried. An event says what is old;
 * it is fetched again at most once a moment, so that ten thousand events cost the page as much as ten.
 */
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { LiveEvent } from '../../server/shapes/events.ts';
import type { MigrationId, MigrationView } from '../../server/shapes/migrations.ts';
import type { RunView } from '../../server/shapes/runs.ts';
import { type Batch, createBatch } from './batch.ts';
import type { Connection } from './connection.ts';
import * as keys from './keys.ts';
import { runAfter } from './run-told.ts';
import { useConnection } from './server.tsx';
import { after, type Live, madeOld, quiet } from './what-is-new.ts';

/** Until a stream that was refused is asked for again. */
const pause = 3000;
/** What was fetched a moment ago need not be fetched again because a stream has begun. */
const fresh = 1500;
/** A run whose figures are told is fetched whole after so long: events do not carry its chart. */
const whole = 5000;

const LiveContext = createContext<Live>(quiet);

export function useLive(): Live {
  return useContext(LiveContext);
}

export function LiveProvider({ id, children }: { readonly id: MigrationId; readonly children: ReactNode }) {
  const queries = useQueryClient();
  const connection = useConnection();
  const [live, setLive] = useState<Live>(quiet);
  useEffect(() => {
    const old = createBatch<QueryKey>((stale) => {
      for (const queryKey of stale)
        void queries.invalidateQueries({ queryKey, exact: queryKey.length === 2 && queryKey[0] !== 'plan' });
    });
    const see = (event: LiveEvent) => {
      setLive((before) => after(before, event));
      take(event, { id, queries, old });
    };
    const stop = listen(`/api/v1/migrations/${id}/events`, connection, see);
    return () => {
      stop();
      old.stop();
    };
  }, [id, queries, connection]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Returns what ends it. */
function listen(address: string, connection: Connection, see: (event: LiveEvent) => void): () => void {
  let again: ReturnType<typeof setTimeout> | null = null;
  let source = begin();
  function begin(): EventSource {
    const begun = new EventSource(address);
    begun.onopen = () => connection.heard();
    begun.onmessage = ({ data }: MessageEvent<string>) => see(JSON.parse(data) as LiveEvent);
    begun.onerror = () => {
      connection.doubt();
      if (begun.readyState !== EventSource.CLOSED) return;
      again = setTimeout(() => {
        source = begin();
      }, pause);
    };
    return begun;
  }
  return () => {
    if (again !== null) clearTimeout(again);
    source.close();
  };
}

interface Told {
  readonly id: MigrationId;
  readonly queries: QueryClient;
  readonly old: Batch<QueryKey>;
}

function take(event: LiveEvent, told: Told): void {
  const { id, queries, old } = told;
  if (event.type === 'hello') {
    const since = Date.now() - fresh;
    void queries.invalidateQueries({ predicate: ({ state }) => state.dataUpdatedAt < since });
    return;
  }
  if (event.type === 'migration.progress')
    queries.setQueryData<MigrationView>(keys.migrationKey(id), (view) =>
      view?.journey ? { ...view, journey: { ...view.journey, run: event.run } } : view,
    );
  if (event.type === 'migration.progress' || event.type.startsWith('entity.')) takeFigures(event, told);
  for (const key of madeOld(event.type, id)) old.add(key);
}

/** When it was fetched stays as it was: what is told is not all of it. */
function takeFigures(event: LiveEvent, { id, queries, old }: Told): void {
  const queryKey = keys.newestRunKey(id);
  const state = queries.getQueryState<RunView | null>(queryKey);
  if (!state?.data) return;
  const { data, dataUpdatedAt: updatedAt, fetchStatus } = state;
  const next = runAfter(data, event);
  if (next !== data) queries.setQueryData<RunView>(queryKey, next, { updatedAt });
  // what is on its way already is not asked for anew
  if (updatedAt < Date.now() - whole && fetchStatus === 'idle') old.add(queryKey);
}
