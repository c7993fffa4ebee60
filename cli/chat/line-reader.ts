/**
 * Reads what a person types, line by line, on a terminal with editing and history, or from a pipe. Lines for the person
 * can be put above the prompt while it waits. It knows whether a line was typed after its prompt was shown: on a terminal
 * a “yes” that was typed ahead must not count for a question that had not been asked yet. In a pipe everything was
 * written ahead, by somebody who knew what comes.
 */
import { createInterface } from 'node:readline';
import type { World } from '../command.ts';

export type Typed =
  | { readonly kind: 'line'; readonly text: string; readonly afterPrompt: boolean }
  /** `wake` was called while nothing had been typed. */
  | { readonly kind: 'woken' }
  | { readonly kind: 'end' };

export interface LineReader {
  read(prompt: string): Promise<Typed>;
  /** Lines above the prompt, whatever is being typed. */
  above(...lines: readonly string[]): void;
  /** Ends a waiting `read`, unless the person has begun to type. */
  wake(): void;
  /** Ends a waiting `read` and all later ones. */
  end(): void;
  close(): void;
}

/** Nobody reads a card and answers it sooner. */
const soonestAnswer = 400;

export function createLineReader(world: World, onInterrupt: () => void): LineReader {
  const isTerminal = world.stdin.isTTY === true && world.stdout.isTTY === true;
  const lines: string[] = [];
  let waiting: { settle: (typed: Typed) => void; since: number; prompt: string } | null = null;
  let ended = false;
  const reader = createInterface({
    input: world.stdin,
    ...(isTerminal ? { output: world.stdout, terminal: true, historySize: 200 } : {}),
  });
  reader.on('line', (text) => {
    if (waiting === null) lines.push(text);
    else {
      if (!isTerminal) world.stdout.write(`${waiting.prompt}${text}\n`);
      settle({ kind: 'line', text, afterPrompt: !isTerminal || elapsed(waiting.since) >= soonestAnswer });
    }
  });
  reader.on('close', () => {
    ended = true;
    if (isTerminal && waiting !== null) world.stdout.write('\n');
    if (lines.length === 0) settle({ kind: 'end' });
  });
  reader.on('SIGINT', onInterrupt);

  const elapsed = (since: number) => world.clock.monotonic() - since;

  function settle(typed: Typed): void {
    const { settle: answer } = waiting ?? {};
    waiting = null;
    answer?.(typed);
  }

  return {
    read(prompt) {
      const line = lines.shift();
      if (line !== undefined) {
        world.stdout.write(`${prompt}${line}\n`);
        return Promise.resolve({ kind: 'line', text: line, afterPrompt: !isTerminal });
      }
      if (ended) return Promise.resolve({ kind: 'end' });
      return new Promise((resolve) => {
        waiting = { settle: resolve, since: world.clock.monotonic(), prompt };
        if (!isTerminal) return;
        reader.setPrompt(prompt);
        reader.prompt();
      });
    },
    above(...texts) {
      if (texts.length === 0) return;
      const atPrompt = isTerminal && waiting !== null;
      if (atPrompt) world.stdout.write('\r\u001b[J');
      for (const text of texts) world.stdout.write(`${text}\n`);
      if (atPrompt) reader.prompt(true);
    },
    wake() {
      if (waiting === null || reader.line !== '') return;
      if (isTerminal) world.stdout.write('\r\u001b[J');
      settle({ kind: 'woken' });
    },
    end() {
      if (isTerminal && waiting !== null) world.stdout.write('\n');
      ended = true;
      lines.length = 0;
      settle({ kind: 'end' });
    },
    close() {
      reader.close();
    },
  };
}
