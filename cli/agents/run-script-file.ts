/** Plays a script file and prints its transcript as JSON lines, whether --json was given or not: it is for machines. */
import { basename } from 'node:path';
import { readTextFile } from '../../engine/workspace/files.ts';
import type { Context } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { surroundingsOf } from '../surroundings.ts';
import { usageError } from '../usage-error.ts';
import { parseScript } from './script.ts';

export async function runScriptFile(context: Context, file: string): Promise<ExitCode> {
  const { world } = context;
  const text = readTextFile(context.path(file));
  if (text === null) throw usageError(`There is no script ${file}.`, 'Check its name.');
  const script = parseScript(text, basename(file));
  const { openGuide } = await import('../../desk/open-guide.ts');
  const { playScript } = await import('./play-script.ts');
  const databases = script.databases === 'sample' ? 'fresh-sample' : script.databases;
  const hand = await openGuide(surroundingsOf(context), { databases, scale: script.scale ?? null });
  try {
    return await playScript(hand, script, {
      clock: world.clock,
      tell: (line) => void world.stdout.write(`${JSON.stringify(line)}\n`),
    });
  } finally {
    await hand.close();
  }
}
