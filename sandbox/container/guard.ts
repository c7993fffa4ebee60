/**
 * A small process beside this one that holds the other end of a pipe. However this process ends, kill -9 included, the
 * system closes the pipe, and the guard removes its containers. Containers end by themselves when their owner is gone;
 * the guard is for code that has taken its harness over and would not.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DockerPlace } from '../daemon/docker-clients.ts';

export interface Guard {
  /** Everything is cleaned up: it may go. */
  dismiss(): void;
}

/** Does not keep this process alive. Where none can be started, the next start of a sandbox does its work. */
export function postGuard(place: DockerPlace, owner: Readonly<Record<string, string>>): Guard {
  const program = fileURLToPath(new URL('./guard-process.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--max-old-space-size=64', program, JSON.stringify({ place, owner })],
    {
      detached: true, // Ctrl-C is not for it
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  (child.stdin as { unref?: () => void }).unref?.();
  return {
    dismiss() {
      child.stdin.end('.');
    },
  };
}
