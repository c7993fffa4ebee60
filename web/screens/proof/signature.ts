/** What is still missing before somebody can sign, in the order in which it stands on the page. */
import type { SignOffStatement } from '../../../server/shapes/proof.ts';

export type Missing = 'statements' | 'name' | null;

interface Filled {
  readonly needed: readonly SignOffStatement[];
  readonly made: ReadonlySet<SignOffStatement>;
  readonly name: string;
}

export function missingOf({ needed, made, name }: Filled): Missing {
  if (needed.some((statement) => !made.has(statement))) return 'statements';
  return name.trim().length < 2 ? 'name' : null;
}
