/** `towpath cancel`: ends a run for good. What it moved stays until it is rolled back. */
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';

export const cancelCommand: CommandModule<Record<string, never>> = {
  configure(command) {
    command.argument('<run>', 'the run, as “towpath list” shows it');
  },
  async run(context, _, [runId = '']) {
    await context.withEngine('target', (engine) => engine.requestCancel(runId, context.world.userName));
    const rollback = context.again(`rollback ${runId} --preview`);
    context.output.result({ status: 'success', runId, requested: 'cancel', rollback });
    context.output.say(
      'Asked to cancel: the batches in hand finish first, and the run cannot be continued.',
      `What it moved stays. To see what removing it would do: ${rollback}`,
    );
    return exitCode.done;
  },
};
