/** Which databases a conversation is about: the configured ones, or the sample where that was asked for or agreed to. */
import { MigrationError } from '../../engine/core/errors.ts';
import { askForYes, canAsk } from '../ask.ts';
import type { Context } from '../command.ts';

export type DatabaseChoice = 'sample' | 'configured';

/** @throws MISSING_CONFIG where there are none and nobody can be asked, or somebody said no */
export async function chooseDatabases(context: Context, sample: boolean): Promise<DatabaseChoice> {
  if (sample) return 'sample';
  const { source, target } = await context.config();
  if (source !== null || target !== null) return 'configured';
  if (!context.output.json && canAsk(context.world)) {
    context.output.say('No databases are configured here.');
    const question =
      'Type yes to try it on sample data, an imaginary lab with nothing of yours; anything else ends this: ';
    if (await askForYes(context.world, question)) return 'sample';
  }
  throw new MigrationError({
    code: 'MISSING_CONFIG',
    message: 'No databases are configured.',
    hint: `With sample data: ${context.again('chat --sample')}. With your own: “towpath init” writes a .env to fill in.`,
  });
}
