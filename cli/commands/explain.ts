/** `towpath explain`: why a row is what it is in the target, or why it is not there. Only reads. */
import type { RowExplanation } from '../../engine/contract/explain.ts';
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { explanationLines } from '../text/explanation-lines.ts';

interface ExplainOptions {
  readonly values?: boolean;
  readonly run?: string;
}

export const explainCommand: CommandModule<ExplainOptions> = {
  configure(command) {
    command
      .argument('<entity>', 'the kind of record, as the plan names it; or a table that the plan leaves out')
      .argument('<id>', "the old key, or the new id; a key of several columns as a list: '[4711, 2]'")
      .option('--values', 'the values themselves, which may be personal')
      .option('--run <run>', 'as this run’s plan has it (default: the newest)')
      .addHelpText(
        'after',
        `
Tells the source row, every column with its transforms in their order and what each made of the value, the run, batch, plan
and person behind it, what was repaired, the rows it points to, what validation said, and whether source or target
changed since. Or why it is in quarantine, or why it was left out. Nothing is written.

A row of a table without a key is known by its content: the MD5 of its text and its number among equal rows, as
“quarantine show” and migration_mappings have it.

Examples:
  towpath explain patients 4711
  towpath explain patients 0c8e2e0e-6f9c-5d53-9b0a-6d1f0f1f3a55 --values
  towpath explain visits '[4711, 2]' --json`,
      );
  },
  async run(context, options, [entity = '', id = '']) {
    const told: RowExplanation = await context.withEngine('both', (engine) =>
      engine.explainRow({
        entity,
        id: id.trim(),
        values: options.values === true ? 'shown' : 'masked',
        ...(options.run === undefined ? {} : { runId: options.run }),
      }),
    );
    context.output.result({ status: 'success', row: told });
    context.output.say(...explanationLines(told, options.values === true));
    if (told.next !== null) context.output.say('', `Next: ${context.again(told.next)}`);
    return exitCode.done;
  },
};
