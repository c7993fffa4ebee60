/**
 * Connections to the Docker daemon. Two clients, because they need opposite things: a question must not wait for ever
 * on a daemon that hangs, and an attached container may be silent for hours.
 *
 * A client's own limit is one of silence, and a daemon that dies within an answer leaves the question open; so whoever
 * must not wait for ever asks within a time (`within`).
 */
import Docker from 'dockerode';
import { SandboxError } from '../sandbox-error.ts';

/** Where the daemon is; without any, what DOCKER_HOST says, else the usual socket. */
export interface DockerPlace {
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
}

export interface DockerClients {
  /** Every request ends within 30 s. */
  readonly ask: Docker;
  /** Without a limit: attached containers, waiting for an end, sending and pulling images. */
  readonly stream: Docker;
}

export const ASK_MILLISECONDS = 30_000;

/** Talks to nobody yet. Throws a SandboxError where the address makes no sense. */
export function createDockerClients(place: DockerPlace = {}): DockerClients {
  try {
    return {
      ask: new Docker({ ...place, timeout: ASK_MILLISECONDS }),
      stream: new Docker({ ...place, timeout: 0 }),
    };
  } catch (cause) {
    throw new SandboxError('docker-missing', 'The address of Docker cannot be read.', {
      hint: 'Set DOCKER_HOST to something like unix:///var/run/docker.sock or tcp://127.0.0.1:2375, or leave it out.',
      cause,
    });
  }
}

/** Fails as a request does that was given up. Whatever becomes of the work then, nobody hears of it. */
export async function within<T>(
  milliseconds: number,
  work: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('Docker did not answer in time.'), { code: 'ABORT_ERR' }));
      stop.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
