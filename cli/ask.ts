/** Asks a person at a terminal for a typed word. Anything else, an end of input included, counts as no. */
import { createInterface } from 'node:readline/promises';
import type { Context, World } from './command.ts';

export async function askForYes(world: World, question: string): Promise<boolean> {
  const asking = openAsking(world);
  try {
    return (await asking.ask(question))?.trim().toLowerCase() === 'yes';
  } finally {
    asking.close();
  }
}

export interface Asking {
  /** One line; null once the input has ended. Lines that were typed ahead answer the questions to come. */
  ask(question: string): Promise<string | null>;
  close(): void;
}

export function openAsking({ stdin, stdout }: Pick<World, 'stdin' | 'stdout'>): Asking {
  const terminal = createInterface({ input: stdin, output: stdout });
  const lines: string[] = [];
  let waiting: ((line: string | null) => void) | null = null;
  let ended = false;
  const answer = (line: string | null) => {
    const next = waiting;
    waiting = null;
    next?.(line);
  };
  terminal.on('line', (line) => (waiting ? answer(line) : lines.push(line)));
  terminal.once('close', () => {
    ended = true;
    answer(null);
  });
  return {
    ask(question) {
      terminal.setPrompt(question);
      if (!ended) terminal.prompt();
      const ready = lines.shift();
      if (ready !== undefined || ended) return Promise.resolve(ready ?? null);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    close: () => terminal.close(),
  };
}

/** True where a person sits at both ends. */
export function canAsk(world: World): boolean {
  return world.stdin.isTTY === true && world.stdout.isTTY === true;
}

/** Under what would be approved. Where nobody can be asked, nobody said yes. */
export async function confirmApproval({
  output,
  world,
}: Pick<Context, 'output' | 'world'>): Promise<boolean> {
  return !output.json && canAsk(world) && askForYes(world, '\nType yes to approve exactly this: ');
}
