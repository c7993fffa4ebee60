/**
 * Who stops the server when nobody is left to ask?
 *
 * A guard: a shell of a few hundred kilobytes that waits for the end of a pipe whose other end only we hold. The
 * operating system closes that end however we finish: normally, by Ctrl-C, by an uncaught error, by kill -9. Then the
 * guard stops the server, waits for it, and removes its folder. So no signal handler is installed in the process that
 * runs the migration, whose own Ctrl-C handling stays in charge.
 * If the guard is killed as well, the next start cleans up (home.ts).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';

export type Guard = {
  readonly pid: number;
  /** Stops the server and waits until the guard has finished. */
  release(): Promise<void>;
  /** Ends the guard without doing anything: the server did not start. */
  dismiss(): void;
};

/** $1 server pid, $2 its postmaster.pid file, $3 first signal, $4 folder to remove or empty. */
const script = `
trap '' INT TERM HUP
read -r line
zombie() { grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
running() { [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ] && kill -0 "$1" 2>/dev/null && ! zombie "$1"; }
stop_with() {
  running "$1" "$2" || return 0
  kill -s "$3" "$1" 2>/dev/null
  tries=0
  while running "$1" "$2" && [ "$tries" -lt "$4" ]; do sleep 0.05; tries=$((tries + 1)); done
}
stop_with "$1" "$2" "$3" 1200
stop_with "$1" "$2" QUIT 200
stop_with "$1" "$2" KILL 40
[ -z "$4" ] || rm -rf -- "$4" || { sleep 0.5; rm -rf -- "$4"; }
`;

export function startGuard(server: {
  pid: number;
  pidFile: string;
  signal: 'INT' | 'QUIT';
  remove: string | null;
}): Guard {
  const args = [
    '-c',
    script,
    'towpath-guard',
    String(server.pid),
    server.pidFile,
    server.signal,
    server.remove ?? '',
  ];
  const child = spawn('/bin/sh', args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  });
  const pipe = child.stdin as Socket;
  child.on('error', () => {});
  pipe.on('error', () => {}); // the guard was killed; release() and the next start cope
  child.unref();
  pipe.unref();
  return {
    pid: child.pid ?? 0,
    release: () => release(child, pipe),
    dismiss: () => void child.kill('SIGKILL'),
  };
}

async function release(child: ChildProcess, pipe: Socket): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const finished = once(child, 'exit');
  pipe.end();
  await finished;
}
