/** Faults of the network strike in the proxy; what would last for ever is ended, as the kernel's own limits do after minutes. */
import type { Fault } from '../schedule.ts';
import type { Actor } from './start-faults.ts';

const GIVEN_UP_AFTER = 2_000;

export async function watchNetwork(
  { side, fault, moment, reach }: Extract<Fault, { kind: 'network' }>,
  { place, over, sleep }: Actor,
): Promise<boolean> {
  const proxy = place.proxies[side];
  // a closed door and silence meet the next connection, all else one that is open
  const ofNew = fault.kind === 'refuse' || fault.kind === 'unanswered';
  const struck = () =>
    proxy.counts().struck.some((entry) => entry.fault === fault && (ofNew || entry.connections > 0));
  proxy.schedule(fault, moment, reach);
  const lasts = fault.kind === 'half-open' || fault.kind === 'unanswered';
  while (lasts && !struck() && !over.aborted) await sleep(20);
  if (lasts && struck()) {
    await sleep(GIVEN_UP_AFTER);
    if (!over.aborted) proxy.heal();
  }
  if (!over.aborted) await new Promise((resolve) => over.addEventListener('abort', resolve, { once: true }));
  return struck();
}
