/**
 * `towpath sandbox doctor`: can code of a plan be run here, and is it shut in as promised. `towpath sandbox try`: what
 * would code make of some rows.
 */
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { columnList, list, oneOf, wholeNumber } from '../option-values.ts';
import { diagnosisLines } from '../text/diagnosis-lines.ts';
import { usageError } from '../usage-error.ts';
import { type TryOptions, tryCode } from './sandbox-try.ts';

const actions = ['doctor', 'try'] as const;
const SAMPLE = 20;

export const sandboxCommand: CommandModule<TryOptions> = {
  configure(command) {
    command
      .argument(
        '<action>',
        'doctor (what is there, what is missing, what holds) or try (code on some rows; writes nothing)',
        oneOf(...actions),
      )
      .option('--entity <name>', 'with try: whose rows')
      .option('--code <file>', 'with try: the TypeScript to try; without it, the code that the plan has')
      .option('--column <name>', 'with try: the one column that the code writes')
      .option('--reads <columns>', 'with try: the old columns that it reads, separated by commas', list)
      .option(
        '--writes <columns>',
        'with try: the new columns that it writes together; one that is not there yet with its type, as b:text',
        columnList,
      )
      .option('--sample <rows>', 'with try: how many rows', wholeNumber(1, 10_000), SAMPLE)
      .option('--show-values', 'with try: the values themselves, which may be personal')
      .addHelpText(
        'after',
        `
Only plans with code need the sandbox, and only it needs Docker.
doctor ends with 3 if code cannot be run here.
try checks the types first, without Docker, then runs the code twice on each row and looks whether what it gives fits
the new columns. It ends with 0 if every row comes out, with 5 if some would be set aside, and with 3 if the code is not
right, stops, answers differently the second time, or cannot be run here.
Examples:
  towpath sandbox doctor
  towpath sandbox try --entity patients --column phone --code phone.ts
  towpath sandbox try --entity patients --reads name --writes first_name:text,last_name:text --code split.ts --sample 100
  towpath sandbox try --entity patients --column phone`,
      );
  },
  run(context, options, [action]) {
    if (action === 'try') return tryCode(context, options);
    const { sample, ...others } = options;
    if (sample !== SAMPLE || Object.keys(others).length > 0)
      throw usageError('“sandbox doctor” takes none of these options.', 'They are for: towpath sandbox try');
    return doctor(context);
  },
};

async function doctor(context: Context): Promise<ExitCode> {
  const { openSandbox } = await import('../sandbox/open-sandbox.ts');
  const sandbox = openSandbox(await context.environment());
  try {
    const diagnosis = await sandbox.examine();
    context.output.result({ status: diagnosis.ready ? 'success' : 'error', ...diagnosis });
    context.output.say(...diagnosisLines(diagnosis));
    return diagnosis.ready ? exitCode.done : exitCode.gateClosed;
  } finally {
    await sandbox.close();
  }
}
