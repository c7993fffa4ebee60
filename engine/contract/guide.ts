/**
 * The guided migration as a conversation, the command line and a page drive it: one at a time, whoever began it and
 * wherever it runs. Every call answers with a view; none of them gives an approval.
 */
import { z } from 'zod';
import { choice, journeyCard } from './journey-state.ts';

export const guideOutcomes = ['signed-off', 'stopped', 'undone', 'cancelled', 'failed'] as const;

export const guideView = z.object({
  /**
   * not-begun    there is none, `start` begins one
   * waiting      for an answer to the card
   * working      a step runs, here or in another process; ask again later
   * interrupted  the process that ran it is gone; `start` goes on from there, and so does the answer `go-on`
   * ended        see `outcome`
   */
  state: z.enum(['not-begun', 'waiting', 'working', 'interrupted', 'ended']),
  /** Of the guided migration in the workflow's storage; not the run of the engine. */
  guideId: z.string().nullable(),
  card: journeyCard.nullable(),
  /** Names this very card; given back with an answer, it keeps a late answer from counting for the next card. */
  cardId: z.string().nullable(),
  /** Ready to be said to a person. */
  words: z.string(),
  /** What can be answered, the recommended one first. */
  choices: z.array(choice),
  outcome: z.enum(guideOutcomes).nullable(),
});
export type GuideView = z.infer<typeof guideView>;

export interface GuideAnswer {
  /** Id or label of one of the choices. For an approval it is only a nudge to look at what was decided. */
  readonly answer: string;
  /** Who answers, for the record. */
  readonly by: string | null;
  /** Absent: whatever card is shown now. */
  readonly cardId?: string | null;
}

export interface GuideWait {
  /** How long to wait for the next card; then `working`. The work goes on. */
  readonly milliseconds?: number;
}

export interface JourneyGuide {
  /** Begins, or joins the one that is under way, or goes on with an interrupted one. */
  start(by: string, wait?: GuideWait): Promise<GuideView>;
  /** An answer that is not understood, or comes too late, changes nothing and says so. */
  continue(answer: GuideAnswer, wait?: GuideWait): Promise<GuideView>;
  /** Looks; starts nothing. */
  current(): Promise<GuideView>;
  /** Stops guiding at once. A migration that is moving goes on in its own process, and the words say so. */
  leave(by: string): Promise<GuideView>;
}
