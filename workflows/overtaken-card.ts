/**
 * A card may be overtaken while it waits: somebody rehearsed, started, continued or undid beside the guided migration, or
 * changed the plan. Then its step is asked to look again; the answer that the card wanted is not made up.
 */
import { type JourneyCard, type JourneyState, type JourneyStep, journeySteps } from '../engine/index.ts';

export function isOvertaken(card: JourneyCard, { step, run }: JourneyState): boolean {
  const isBefore = (a: JourneyStep, b: JourneyStep) => journeySteps.indexOf(a) < journeySteps.indexOf(b);
  if (isBefore(card.step, 'migrate')) return !isBefore(step, 'migrate');
  if (isBefore('migrate', card.step)) return run === null;
  if (card.kind !== 'approval') return run?.alive === true;
  return card.approval.action === 'migrate' && (run !== null || step !== 'migrate');
}
