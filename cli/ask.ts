/** Asks a person at a terminal for a typed word. Anything else, an end of input included, counts as no. */
import { createInterface } from 'node:readline/promises';
import type { Context, World } from './command.ts';

export async function askForYes(world: World, question: string): Promise<boolean> {
  return (await askLine(world, question)).trim().toLowerCase() === 'yes';
}

/** One line; an end of input gives an empty one. */
export async function askLine(world: World, question: string): Promise<string> {
  const terminal = createInterface({ input: world.stdin, output: world.stdout });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
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
