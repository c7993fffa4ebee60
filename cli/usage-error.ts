/** Commander's complaints about a command line, in the words of all other errors: what is wrong, what to do next. */
import type { CommanderError } from 'commander';
import { MigrationError } from '../engine/core/errors.ts';

export function usageErrorOf(error: CommanderError, command: string): MigrationError {
  const text = error.message.replace(/^error: /, '').trim();
  const [first = '', ...rest] = text.split('\n');
  const suggestion = /\(Did you mean (.+?)\?\)/.exec(rest.join(' '))?.[1];
  const help = `“${command} --help” lists what there is.`;
  return usageError(
    sentence(first),
    suggestion === undefined ? help : `Did you mean ${suggestion.replace(/^one of /, '')}? ${help}`,
  );
}

export function usageError(
  message: string,
  hint: string,
  details: Record<string, unknown> = {},
): MigrationError {
  return new MigrationError({ code: 'USAGE', message, hint, details });
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
