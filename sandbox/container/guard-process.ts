/**
 * The guard itself, a process of its own (see guard.ts): waits for the end of its input, which is the end of its owner,
 * then takes the owner's containers away.
 */
import { setTimeout as pause } from 'node:timers/promises';

/** The owner's files are closed a moment before it is gone for everybody. */
const ROUNDS = 20;
const PAUSE_MILLISECONDS = 250;

async function takeAway(task: string): Promise<void> {
  const { createDockerClients } = await import('../daemon/docker-clients.ts');
  const { reapContainers } = await import('./reap.ts');
  const { place, owner } = JSON.parse(task);
  const { ask } = createDockerClients(place);
  for (let round = 0; round < ROUNDS; round++) {
    await pause(PAUSE_MILLISECONDS);
    await reapContainers(ask, owner).catch(() => 0); // the next start takes away what cannot be taken now
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.on('data', () => process.exit(0)); // the owner has cleaned up by itself
process.stdin.on('error', () => {});
process.stdin.on('close', () => void takeAway(process.argv[2] ?? '{}').finally(() => process.exit(0)));
