/** What is in the new system at the moment, in one sentence: the rows of this migration that the mapping pairs know. */
import type { Control } from '../../control/control.ts';
import { countOf } from '../../report/words.ts';

export async function wordsInTarget(
  { mappings }: Pick<Control, 'mappings'>,
  migration: string,
): Promise<string> {
  let rows = 0;
  let kinds = 0;
  for (const { entityNo } of await mappings.entities(migration)) {
    const ofEntity = await mappings.count(entityNo);
    rows += ofEntity;
    if (ofEntity > 0) kinds++;
  }
  if (rows === 0) return 'Nothing of this migration is in the new system.';
  return `${countOf(rows, 'record')} of ${countOf(kinds, 'kind')} ${rows === 1 ? 'is' : 'are'} in the new system.`;
}
