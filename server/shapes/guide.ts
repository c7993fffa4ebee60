/** The guided migration, one card at a time. An answer never gives an approval: it is only a nudge to look at what was decided. */
import { z } from 'zod';

export { type GuideView, guideView } from '../../engine/contract/guide.ts';
export type { JourneyCard } from '../../engine/contract/journey-state.ts';

export const guideAnswer = z.object({
  /** Id or label of one of the choices. */
  answer: z.string().min(1).max(500),
  /** Of the card that was shown; it keeps a late answer from counting for the next card. Null: none was shown. */
  cardId: z.string().max(200).nullable(),
});
export type GuideAnswer = z.infer<typeof guideAnswer>;
