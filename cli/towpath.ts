#!/usr/bin/env node
/** The process: hands its arguments, streams and signals to the program and ends with the program's code. */
import { userInfo } from 'node:os';
import { createClock } from '../engine/core/clock.ts';
import type { World } from './command.ts';
import { runProgram } from './program.ts';

const world: World = {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: createClock(),
  userName: process.env.USER || nameOfUser(),
  openEngine: async (request) => (await import('../engine/run/open-engine.ts')).openEngine(request),
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
    return () => {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    };
  },
  exit: (code) => process.exit(code),
};

// `towpath list | head`: the reader left, which is not a failure of ours
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runProgram(process.argv.slice(2), world);

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
