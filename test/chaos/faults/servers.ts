/** Servers that die and come back. */
import type { Fault } from '../schedule.ts';
import type { Actor } from './start-faults.ts';

/** The failpoint kills the server's first process; its others follow at once, as when a machine dies. */
export async function reviveKilled(
  { side, down }: Extract<Fault, { kind: 'kill-server' }>,
  { place, over, sleep }: Actor,
): Promise<boolean> {
  const server = place.lane.servers[side];
  const { pid } = server;
  while (server.isUp() && server.pid === pid && !over.aborted) await sleep(5);
  if (server.isUp() || server.pid !== pid) return false;
  await server.die('kill');
  await sleep(down);
  await server.revive();
  return true;
}

export async function restartServer(
  fault: Extract<Fault, { kind: 'restart-server' }>,
  { place, reached, sleep }: Actor,
): Promise<boolean> {
  if (!(await reached(fault))) return false;
  const server = place.lane.servers[fault.side];
  await server.die('immediate');
  await sleep(fault.down);
  await server.revive();
  return true;
}
