/** `towpath agents run|egress|eval`: scripted conversations, the record of what left the machine, and the guide's exam. */
import type { ExamOptions } from '../agents/examine.ts';
import type { CommandModule, Context } from '../command.ts';
import type { ExitCode } from '../exit-codes.ts';
import { decimalNumber, list, oneOf } from '../option-values.ts';
import { usageError } from '../usage-error.ts';

export interface AgentsOptions extends ExamOptions {
  readonly since?: string;
}

const actions = ['run', 'egress', 'eval'] as const;

export const agentsCommand: CommandModule<AgentsOptions> = {
  configure(command) {
    command
      .argument(
        '<action>',
        'run (play a script), egress (what was sent to a model) or eval (examine the guide)',
        oneOf(...actions),
      )
      .argument('[script]', 'with run: the script, a YAML file')
      .option('--since <time>', 'with egress: from this moment on, such as 2026-11-21 or 2h')
      .option('--cases <names>', 'with eval: only cases whose names begin so, separated by commas', list)
      .option(
        '--model <name>',
        'with eval: this model of the configured server; “offline” for the offline guide',
      )
      .option('--threshold <share>', 'with eval: the share of cases that must pass', decimalNumber(0, 1), 1)
      .addHelpText(
        'after',
        '\nExamples:\n  towpath agents run docs/examples/guided-sample.yaml\n  towpath agents egress --since 2h\n  towpath agents eval --cases planted,key',
      );
  },
  run: (context, options, [action, script]) => perform(context, options, action, script),
};

async function perform(
  context: Context,
  options: AgentsOptions,
  action: string | undefined,
  script: string | undefined,
): Promise<ExitCode> {
  if (action === 'run') {
    if (script === undefined)
      throw usageError('There is no script.', 'Name one: towpath agents run script.yaml');
    const { runScriptFile } = await import('../agents/run-script-file.ts');
    return runScriptFile(context, script);
  }
  if (script !== undefined) throw usageError(`“agents ${action}” takes no file.`, 'Leave it out.');
  if (action === 'egress') {
    const { showEgress } = await import('../agents/show-egress.ts');
    return showEgress(context, options.since ?? null);
  }
  const { examine } = await import('../agents/examine.ts');
  return examine(context, options);
}
