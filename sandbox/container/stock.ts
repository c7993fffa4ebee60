/**
 * Keeps one started container ahead. It rests: it does not keep this process alive, and is replaced without a word if it
 * has died. A container that was taken is never put back.
 */
import type { DockerClients } from '../daemon/docker-clients.ts';
import { isNewEnough } from '../image/packed-node.ts';
import { readNote } from '../runner/answers.ts';
import { SandboxError } from '../sandbox-error.ts';
import { type ContainerPlan, type SandboxContainer, startContainer } from './container.ts';

export interface Stock {
  /** A running container that nobody has used. Throws a SandboxError. */
  take(): Promise<SandboxContainer>;
  /** Sees to it, in the background, that one is ahead. */
  refill(): void;
  /** The same, waiting for it. Throws a SandboxError. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

export function createStock(clients: DockerClients, plan: ContainerPlan, keepsAhead: boolean): Stock {
  let ahead: Promise<SandboxContainer> | undefined;
  let isClosed = false;
  const start = async () => {
    const container = await startContainer(clients, plan);
    try {
      checkNode(container);
      if (isClosed) throw new SandboxError('closed', 'The sandbox was closed.');
    } catch (error) {
      await container.close();
      throw error;
    }
    return container;
  };
  const warm = async () => {
    ahead ??= start().then((container) => {
      container.rest(true);
      return container;
    });
    try {
      await ahead;
    } catch (error) {
      ahead = undefined;
      throw error;
    }
  };
  return {
    async take() {
      const waiting = ahead;
      ahead = undefined;
      const container = await waiting?.catch(() => undefined);
      if (container?.isAlive()) {
        container.rest(false);
        return container;
      }
      await container?.close();
      return start();
    },
    refill() {
      if (keepsAhead && !isClosed) warm().catch(() => {}); // whoever needs one starts it and hears why not
    },
    warm,
    async close() {
      isClosed = true;
      const container = await ahead?.catch(() => undefined);
      await container?.close();
    },
  };
}

function checkNode({ hello }: SandboxContainer): void {
  let node: unknown;
  try {
    node = (readNote(hello) as { node?: unknown } | null)?.node;
  } catch {
    node = undefined;
  }
  if (hello.type !== 'H' || typeof node !== 'string')
    throw new SandboxError('protocol', 'The sandbox did not begin as it should.');
  if (!isNewEnough(node))
    throw new SandboxError('image-unusable', 'The Node of the image is older than 24.8.');
}
