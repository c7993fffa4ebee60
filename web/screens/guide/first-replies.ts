/**
 * What can be asked before the guide has offered something. A click sends exactly these words, so they stand in the
 * language that the guide speaks, and are not among the texts of the page.
 */
import type { JourneyStep } from '../../../engine/contract/journey-state.ts';

const early = ['What will you read?', 'Is it safe?'];
const planned = ['What could go wrong?', 'How long will it take?', 'Can I undo it?'];
const moved = ['Where are we', 'Show what is set aside', 'Can I undo it?'];

const atStep: Readonly<Record<JourneyStep, readonly string[]>> = {
  connect: early,
  preflight: early,
  analyse: early,
  plan: planned,
  rehearse: planned,
  migrate: planned,
  validate: moved,
  report: moved,
  'sign-off': moved,
  done: moved,
};

/** `part`: only a part is to move. */
export function firstReplies(step: JourneyStep | null, part: boolean): readonly string[] {
  const replies = atStep[step ?? 'connect'];
  return part && replies === planned ? ['Leave out a table', ...planned] : replies;
}
