/**
 * Connections to the Docker daemon. Two clients, because they need opposite things: a question must not wait for ever
 * on a daemon that hangs, and an attached container may be silent for hours.
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

const ASK_MILLISECONDS = 30_000;

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
