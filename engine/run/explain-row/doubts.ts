/**
 * What could not be found out of a row, in sentences. Words of servers and of code may quote the row, so whoever may not see
 * all values is told the code of an error and where it is explained, and no more.
 */
import type { ShownValues } from '../../contract/code-trial.ts';
import { helpFor, MigrationError } from '../../core/errors.ts';
import { classify } from '../../db/sqlstate.ts';

export interface Doubts {
  readonly sentences: readonly string[];
  add(sentence: string): void;
  /** Null, and a sentence that begins with `what`, where it fails. */
  attempt<T>(what: string, work: () => Promise<T>): Promise<T | null>;
}

export function createDoubts(values: ShownValues): Doubts {
  const sentences: string[] = [];

  function whyOf(error: unknown): string {
    if (!(error instanceof MigrationError)) return classify(error).code;
    return values === 'shown' ? error.message : `${error.code} (${helpFor(error.code)})`;
  }

  return {
    sentences,
    add: (sentence) => {
      sentences.push(sentence);
    },
    async attempt(what, work) {
      try {
        return await work();
      } catch (error) {
        sentences.push(`${what}: ${whyOf(error)}`);
        return null;
      }
    },
  };
}
