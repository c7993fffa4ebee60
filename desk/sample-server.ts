/** An embedded PostgreSQL with the old sample database and an empty Supabase-like one. */
import pg from 'pg';
import { createSample, type SampleProgress, type SampleSummary } from '../sample/create-sample.ts';
import { startPostgres } from '../sample/postgres/server.ts';
import { outlineSupabase } from '../sample/supabase/outline.ts';

export interface DemoDatabases {
  readonly sourceUrl: string;
  readonly targetUrl: string;
  readonly version: string;
  readonly sample: SampleSummary;
}

export interface DemoServer {
  fill(options: {
    readonly scale: number;
    readonly onProgress: (progress: SampleProgress) => void;
  }): Promise<DemoDatabases>;
  /** Stops the server and removes its folder. May be called twice. */
  stop(): Promise<void>;
}

export async function startDemoServer(): Promise<DemoServer> {
  // The data is made anew each time and thrown away, so nothing has to survive a power cut.
  const server = await startPostgres({
    settings: { fsync: false, full_page_writes: false, synchronous_commit: false },
  });
  return {
    async fill({ scale, onProgress }) {
      const sourceUrl = server.url('legacy');
      const targetUrl = server.url('supabase');
      await server.createDatabase('legacy');
      await server.createDatabase('supabase');
      const sample = await createSample(sourceUrl, { scale, onProgress });
      const client = new pg.Client({ connectionString: targetUrl });
      await client.connect();
      try {
        await outlineSupabase(client);
      } finally {
        await client.end();
      }
      return { sourceUrl, targetUrl, version: server.version, sample };
    },
    stop: () => server.stop(),
  };
}
