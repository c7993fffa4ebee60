/** A person at a terminal, or a pipe: types when something has appeared, sees everything that is written. */
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../../../cli/command.ts';
import { createClock } from '../../../engine/core/clock.ts';

export interface AtTerminal {
  readonly world: World;
  screen(): string;
  type(line: string): void;
  /** Waits for this text after everything that was awaited before. */
  see(text: string): Promise<void>;
  interrupt(): void;
  leave(): void;
}

const patience = 5000;

export function atTerminal({ isTTY }: { readonly isTTY: boolean }): AtTerminal {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stdout = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  const stderr = new PassThrough();
  const listeners = new Set<() => void>();
  let screen = '';
  let seen = 0;
  stdout.on('data', (part: Buffer) => {
    screen += part.toString();
  });
  const world: World = {
    env: {},
    cwd: '/nowhere',
    stdin,
    stdout,
    stderr,
    clock: createClock(),
    userName: 'tester',
    openEngine: () => Promise.reject(new Error('not here')),
    onInterrupt(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    exit() {},
  };
  return {
    world,
    screen: () => screen,
    type: (line) => void stdin.write(`${line}\n`),
    async see(text) {
      const until = Date.now() + patience;
      for (;;) {
        const found = screen.indexOf(text, seen);
        if (found !== -1) {
          seen = found + text.length;
          return;
        }
        if (Date.now() > until)
          throw new Error(`“${text}” did not appear. After what was seen:\n${screen.slice(seen)}`);
        await sleep(10);
      }
    },
    interrupt: () => listeners.forEach((listener) => void listener()),
    leave: () => void stdin.end(),
  };
}

/** Longer than the time in which nobody can have read a card. */
export const readCard = () => sleep(450);
