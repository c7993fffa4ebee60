/** People who look at the progress of a migration: what the page in their browser would ask, without the browser. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Served, token } from './serve.ts';

export interface Watching {
  seen(): { readonly answers: number; readonly events: number; readonly wrong: readonly string[] };
  end(): Promise<void>;
}

const headers = { authorization: `Bearer ${token}` };

/** What the progress screen asks for again while rows move, and how often, in milliseconds. */
const asked = [
  ['runs/latest', 1000],
  ['history?limit=50', 3000],
  ['approvals', 20_000],
  ['', 15_000],
] as const;

/** Resolves when the migration is open and everybody follows it. */
export async function watchMigration({ origin }: Served, people: number): Promise<Watching> {
  const at = `${origin}/api/v1/migrations/own`;
  await open(at);
  const leaving = new AbortController();
  const { signal } = leaving;
  let answers = 0;
  let events = 0;
  const wrong: string[] = [];

  async function follow(): Promise<void> {
    const stream = await fetch(`${at}/events`, { headers, signal });
    if (stream.status !== 200) wrong.push(`events: ${stream.status}`);
    void read(stream);
  }
  async function read(stream: Response): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const piece of stream.body!) events += decoder.decode(piece).split('\ndata: ').length - 1;
    } catch (error) {
      if (!signal.aborted) wrong.push(`events: ${String(error)}`);
    }
  }
  /** `late`: not everybody asks in the same moment. */
  async function ask(path: string, every: number, late: number): Promise<void> {
    await sleep(late * every, undefined, { signal });
    for (;;) {
      const answer = await fetch(`${at}/${path}`.replace(/\/$/, ''), { headers, signal });
      await answer.arrayBuffer();
      if (answer.ok) answers += 1;
      // before it moves there is no run
      else if (answer.status !== 404) wrong.push(`${path}: ${answer.status}`);
      await sleep(every, undefined, { signal });
    }
  }

  await Promise.all(Array.from({ length: people }, follow));
  const asking = Array.from({ length: people }, (_, person) =>
    asked.map(([path, every]) =>
      ask(path, every, person / people).catch((error: unknown) => {
        if (!signal.aborted) wrong.push(`${path}: ${String(error)}`);
      }),
    ),
  ).flat();
  return {
    seen: () => ({ answers, events, wrong }),
    async end() {
      leaving.abort();
      await Promise.all(asking);
    },
  };
}

async function open(at: string): Promise<void> {
  const json = { ...headers, 'content-type': 'application/json' };
  await fetch(`${at}/open`, { method: 'POST', headers: json, body: '{}' });
  for (let tries = 0; tries < 300; tries++) {
    const view = (await (await fetch(at, { headers })).json()) as { state: string };
    if (view.state === 'open') return;
    await sleep(100);
  }
  throw new Error('The migration was not opened.');
}
