/** `towpath chat`: a conversation with the guide that carries a migration from hello to the signed report. */
import type { CommandModule, Context } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { decimalNumber } from '../option-values.ts';
import { usageError } from '../usage-error.ts';

interface ChatOptions {
  readonly sample?: boolean;
  readonly scale?: number;
  readonly new?: boolean;
  readonly as?: string;
}

export const chatCommand: CommandModule<ChatOptions> = {
  configure(command) {
    command
      .option('--sample', 'on sample data kept in .towpath/sample/; needs no server and no key')
      .option(
        '--scale <n>',
        'with --sample: its size, 0.002 to 100 (default: 0.02)',
        decimalNumber(0.002, 100),
      )
      .option('--new', 'begin another conversation; the migration stays where it is')
      .option('--as <name>', 'who decides approvals (default: the user of this computer)')
      .addHelpText(
        'after',
        '\nWithout a model in .env the offline guide speaks. Lines from a pipe are turns; the exit code tells what waits.\n\nExamples:\n  towpath chat --sample\n  towpath chat --as "Marta Lindqvist"',
      );
  },
  async run(context, options) {
    if (context.output.json) {
      throw usageError(
        'A conversation has no --json.',
        'For transcripts as JSON lines: towpath agents run script.yaml',
      );
    }
    if (options.scale !== undefined && options.sample !== true) {
      throw usageError('--scale is the size of the sample.', 'Add --sample, or leave it out.');
    }
    return chat(context, options);
  },
};

async function chat(context: Context, options: ChatOptions): Promise<ExitCode> {
  const { chooseDatabases } = await import('../agents/choose-databases.ts');
  const databases = await chooseDatabases(context, options.sample ?? false);
  const { openGuide } = await import('../../desk/open-guide.ts');
  const { surroundingsOf } = await import('../surroundings.ts');
  const { greet } = await import('../chat/greet.ts');
  const { runChat } = await import('../chat/chat.ts');
  const { leaveChat } = await import('../chat/leave.ts');
  if (databases === 'sample')
    context.output.say('Opening the sample; making it the first time takes a little while.');
  const hand = await openGuide(surroundingsOf(context), { databases, scale: options.scale ?? null });
  let atWork = false;
  try {
    const conversation = await hand.converse({ startNew: options.new ?? false });
    const as = options.as ?? context.world.userName;
    await greet(context, hand, conversation, hand.sample);
    await runChat(context.world, hand, { as, conversation });
    const leaving = await leaveChat(context, hand);
    atWork = leaving.atWork;
    if (atWork) context.world.exit(leaving.code);
    return leaving.code;
  } finally {
    if (!atWork) await hand.close();
  }
}
