/** `towpath pause`: asks the process that moves the rows to finish the batches in hand and pause. */
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';

export const pauseCommand: CommandModule<Record<string, never>> = {
  configure(command) {
    command.argument('<run>', 'the run, as “towpath list” shows it');
  },
  async run(context, _, [runId = '']) {
    await context.withEngine('target', (engine) => engine.requestPause(runId, context.world.userName));
    const resume = context.again(`resume ${runId}`);
    context.output.result({ status: 'success', runId, requested: 'pause', resume });
    context.output.say('Asked to pause: the batches in hand finish first.', `Continue later with: ${resume}`);
    return exitCode.done;
  },
};
