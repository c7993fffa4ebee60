/**
 * The guard itself, a process of its own (see guard.ts): waits for the end of its input, which is the end of its owner,
 * then takes the owner's containers away.
 */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The owner's files are closed a moment before it is gone for everybody, and a container that it asked for may appear
 * later still: so it is looked for a while, and longer where Docker does not answer.
 */
const ROUNDS = 20;
const PAUSE_MILLISECONDS = 250;
const MOST_MILLISECONDS = 55_000;

async function takeAway(task: string): Promise<void> {
  const { createDockerClients } = await import('../daemon/docker-clients.ts');
  const { reapContainers } = await import('./reap.ts');
  const { place, owner } = JSON.parse(task);
  const { ask } = createDockerClients(place);
  const end = performance.now() + MOST_MILLISECONDS;
  for (let quiet = 0; quiet < ROUNDS && performance.now() < end; ) {
    await pause(PAUSE_MILLISECONDS);
    const removed = await reapContainers(ask, owner).catch(() => null); // the next start takes what cannot be taken now
    quiet = removed === 0 ? quiet + 1 : 0;
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.on('data', () => process.exit(0)); // the owner has cleaned up by itself
process.stdin.on('error', () => {});
process.stdin.on('close', () => void takeAway(process.argv[2] ?? '{}').finally(() => process.exit(0)));
