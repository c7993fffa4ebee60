/** What the comparison of a whole says: no better than its weakest table. */
import type { ProvenTable } from '../../../server/shapes/proof.ts';

export type Compared = ProvenTable['compared'];

export function comparedOfAll(tables: readonly Pick<ProvenTable, 'compared' | 'moved'>[]): Compared {
  const held = tables.filter(({ moved }) => moved > 0).map(({ compared }) => compared);
  if (held.includes('differs')) return 'differs';
  if (held.includes('could-not-check')) return 'could-not-check';
  return held.length > 0 && held.every((compared) => compared === 'match') ? 'match' : 'not-compared';
}
