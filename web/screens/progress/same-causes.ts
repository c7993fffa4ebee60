/** Causes that read the same, told once with all their rows; the largest first. */
import type { QuarantineCard } from '../../../server/shapes/quarantine.ts';

type Cause = Pick<QuarantineCard, 'id' | 'rows' | 'explanation' | 'suggestion' | 'loses' | 'advice'>;

export function sameCauses(cards: readonly Cause[]): Cause[] {
  const words = ({ explanation, suggestion, loses, advice }: Cause) =>
    JSON.stringify([explanation, suggestion, loses, advice]);
  return [...Map.groupBy(cards, words).values()]
    .map((same) => ({ ...same[0]!, rows: same.reduce((sum, { rows }) => sum + rows, 0) }))
    .sort((a, b) => b.rows - a.rows);
}
