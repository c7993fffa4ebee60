/**
 * Turns a command line into a command's run and an exit code. Commander reads the words; this file decides how wrong
 * usage is told and keeps every error from showing a stack.
 */
import { Command, CommanderError } from 'commander';
import type { GlobalOptions, World } from './command.ts';
import { type CommandEntry, commandList } from './command-list.ts';
import { createContext } from './context.ts';
import { type ExitCode, exitCode } from './exit-codes.ts';
import { createOutput } from './output.ts';
import { reportError } from './report-error.ts';
import { usageErrorOf } from './usage-error.ts';

export async function runProgram(argv: readonly string[], world: World): Promise<ExitCode> {
  const outcome: { code: ExitCode } = { code: exitCode.done };
  const program = buildProgram(world, outcome);
  if (argv.length === 0) {
    world.stdout.write(program.helpInformation());
    return exitCode.usage;
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return outcome.code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode.done;
    const options = program.opts<GlobalOptions>();
    const json = options.json ?? argv.includes('--json');
    const told = error instanceof CommanderError ? usageErrorOf(error, programWords(argv)) : error;
    return reportError(told, createOutput(world, json), options.verbose ?? argv.includes('--verbose'));
  }
}

function programWords(argv: readonly string[]): string {
  const name = argv.find((word) => commandList.some((entry) => entry.name === word));
  return name === undefined ? 'towpath' : `towpath ${name}`;
}

function buildProgram(world: World, outcome: { code: ExitCode }): Command {
  const program = new Command('towpath')
    .description('Moves a legacy PostgreSQL database into Supabase, and proves the result.')
    .option('--json', 'print one JSON document for machines')
    .option('--verbose', 'say more; with an error, what kind it was')
    .option('--config <file>', 'read settings from this file instead of .env')
    .option('--plan <file>', 'the plan file to use', 'towpath.plan.yaml')
    .addHelpText(
      'after',
      '\n“towpath demo” shows all of it on sample data. “towpath <command> --help” has examples.',
    )
    .configureHelp({ showGlobalOptions: true, sortOptions: false })
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: () => {}, // told by reportError
    })
    .exitOverride();
  const entries = new Map<string, CommandEntry>();
  for (const entry of commandList) {
    program.commandsGroup(entry.group);
    program
      .command(entry.name)
      .description(entry.summary)
      .copyInheritedSettings(program)
      .allowExcessArguments(false);
    entries.set(entry.name, entry);
  }
  program.hook('preSubcommand', async (_, command) => {
    const entry = entries.get(command.name());
    if (entry === undefined) return; // commander's own help
    const module = await entry.load();
    module.configure(command);
    command.action(async () => {
      const context = createContext(world, program.opts<GlobalOptions>());
      const words = command.processedArgs.flat().filter((word): word is string => typeof word === 'string');
      outcome.code = await module.run(context, command.opts() as never, words);
    });
  });
  return program;
}
