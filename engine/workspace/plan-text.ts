/** The plan file as text, by a caller that cannot do without it. */
import { MigrationError } from '../core/errors.ts';
import { readTextFile } from './files.ts';

/** @throws MigrationError PLAN_MISSING */
export function readPlanText(path: string): string {
  const text = readTextFile(path);
  if (text !== null) return text;
  throw new MigrationError({
    code: 'PLAN_MISSING',
    message: `There is no plan file ${path}.`,
    hint: 'Run “towpath plan” to have one proposed, or name one with --plan.',
  });
}
