/** Tells an error: one sentence, a next step, and where to read on, as JSON where asked for, never a stack. */
import { helpFor, MigrationError } from '../engine/core/errors.ts';
import { redactText } from '../engine/core/redaction.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';
import { errorResult } from './json/error-result.ts';
import type { Output } from './output.ts';

export function reportError(error: unknown, output: Output, verbose: boolean): ExitCode {
  const told = asMigrationError(error);
  output.result(errorResult(told));
  output.warn(...errorLines(told, verbose));
  return exitCodeOf(told.code);
}

export function errorLines(error: MigrationError, verbose: boolean): string[] {
  const lines = [
    `Error: ${redactText(error.message)}`,
    `Next: ${redactText(error.hint)}`,
    `More: ${helpFor(error.code)}`,
  ];
  return verbose ? [...lines, `Code: ${error.code}${causeOf(error)}`] : lines;
}

/** An error nobody expected. Its message may quote a row, so only its kind is told. */
export function asMigrationError(error: unknown): MigrationError {
  if (error instanceof MigrationError) return error;
  const { name = 'unknown', code } = (error ?? {}) as { name?: string; code?: unknown };
  const kind = typeof code === 'string' ? `${name}, ${code}` : name;
  return new MigrationError({
    code: 'UNEXPECTED',
    message: `Something happened that Towpath did not expect (${kind}).`,
    hint: 'What was committed is in the target, and nothing is half done. Look into the newest file in logs/; where the run stands is shown by: towpath status',
    cause: error,
  });
}

function causeOf(error: MigrationError): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return '';
  const { code } = cause as Error & { code?: unknown };
  return `, caused by ${cause.name}${typeof code === 'string' ? ` ${code}` : ''}`;
}
