/**
 * Removes what earlier processes left: after a kill -9 a container ends by itself (its stdin ends, or it hears nothing),
 * but somebody has to take it away. Containers of living processes are left alone; of those on other systems only what
 * has ended a while ago is taken.
 */
import type Docker from 'dockerode';
import { ASK_MILLISECONDS, within } from '../daemon/docker-clients.ts';
import { dockerFailure, isConflict, isNotFound } from '../daemon/docker-failure.ts';
import { isOwnerAlive, sandboxLabel } from './owner.ts';

/** A container of another system that is not running may just be starting, or its end being read. */
const FOREIGN_SECONDS = 300;

/** Of all owners, or of the one with these labels. Returns how many were removed. Throws a SandboxError. */
export async function reapContainers(
  ask: Docker,
  owner: Readonly<Record<string, string>> = {},
): Promise<number> {
  const label = [sandboxLabel, ...Object.entries(owner).map(([name, value]) => `${name}=${value}`)];
  try {
    const all = await within(ASK_MILLISECONDS, () => ask.listContainers({ all: true, filters: { label } }));
    const old = all.filter((container) => isLeftOver(container, Date.now()));
    await Promise.all(old.map(({ Id }) => removeContainer(ask, Id)));
    return old.length;
  } catch (error) {
    throw dockerFailure(error);
  }
}

function isLeftOver({ Labels, State, Created }: Docker.ContainerInfo, now: number): boolean {
  const alive = isOwnerAlive(Labels);
  if (alive !== null) return !alive;
  return State !== 'running' && now / 1000 - Created > FOREIGN_SECONDS;
}

export async function removeContainer(ask: Docker, id: string): Promise<void> {
  try {
    await within(ASK_MILLISECONDS, () => ask.getContainer(id).remove({ force: true, v: true }));
  } catch (error) {
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
}
