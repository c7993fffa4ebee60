/** `towpath sandbox doctor`: can code of a plan be run here, and is it shut in as promised. */
import type { CommandModule, Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { oneOf } from '../option-values.ts';
import { diagnosisLines } from '../text/diagnosis-lines.ts';

const actions = ['doctor'] as const;

export const sandboxCommand: CommandModule<Record<string, never>> = {
  configure(command) {
    command
      .argument('<action>', 'doctor (what is there, what is missing, what holds)', oneOf(...actions))
      .addHelpText(
        'after',
        '\nOnly plans with code need the sandbox, and only it needs Docker. Ends with 3 if code cannot be run here.\nExample:\n  towpath sandbox doctor',
      );
  },
  run: (context) => doctor(context),
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
