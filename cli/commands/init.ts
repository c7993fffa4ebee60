/** `towpath init`: a .env to fill in. Asks nothing, overwrites nothing. */
import { chmodSync, constants, copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MigrationError } from '../../engine/core/errors.ts';
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';

interface InitOptions {
  readonly output: string;
}

const example = fileURLToPath(new URL('../../.env.example', import.meta.url));

export const initCommand: CommandModule<InitOptions> = {
  configure(command) {
    command
      .option('--output <file>', 'where to write it', '.env')
      .addHelpText('after', '\nExample:\n  towpath init && $EDITOR .env && towpath preflight');
  },
  async run({ path, output }, options) {
    const target = path(options.output);
    try {
      copyFileSync(example, target, constants.COPYFILE_EXCL);
      chmodSync(target, 0o600);
    } catch (cause) {
      throw initProblem(cause, target);
    }
    output.result({ status: 'success', file: target });
    output.say(`Wrote ${target}. Fill in where the old and the new database are.`, 'Next: towpath preflight');
    return exitCode.done;
  },
};

function initProblem(cause: unknown, target: string): MigrationError {
  if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
    return new MigrationError({
      code: 'FILE_EXISTS',
      message: `${target} exists already and was left as it is.`,
      hint: 'Edit it, or name another file with --output. Then: towpath preflight',
    });
  }
  return new MigrationError({
    code: 'FILE_NOT_WRITTEN',
    message: `${target} could not be written.`,
    hint: 'Check that the folder exists and that you may write to it.',
    cause,
  });
}
