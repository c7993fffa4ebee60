/** Comparing steps of the journey. */
import { type JourneyState, type JourneyStep, journeySteps } from '../engine/index.ts';

/** The step is behind us. */
export function isPast({ step }: JourneyState, than: JourneyStep): boolean {
  return journeySteps.indexOf(step) > journeySteps.indexOf(than);
}
