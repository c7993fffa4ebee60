/** What a person is asked when a move stands still. */
import type { JourneyCard, RunFacts } from '../../engine/index.ts';
import { problemCard } from '../cards.ts';

/** Under this share of rows that fit, going on is not what one would do. */
const LEAST_SUCCESS = 0.95;

export function gateCard({ written, setAside, error }: RunFacts, words: string): JourneyCard {
  const poor = written + setAside > 0 && written / (written + setAside) < LEAST_SUCCESS;
  return problemCard({
    step: 'migrate',
    title: 'A check did not pass, so the move waits',
    text: words,
    problems: [
      {
        what: error?.message ?? 'More records were set aside than the plan allows.',
        remedy: `Look at what is set aside. Going on without these records needs an approval of its own; undoing the move and changing the plan is ${poor ? 'the careful choice here, because very many do not fit' : 'the other way'}.`,
      },
    ],
    choices: poor ? ['undo', 'accept', 'stop'] : ['accept', 'undo', 'stop'],
  });
}

/** Paused, failed, or left behind by a process that is gone. */
export function stoppedCard({ state, error }: RunFacts, words: string): JourneyCard {
  const paused = state === 'paused' && error === null;
  return problemCard({
    step: 'migrate',
    title: paused ? 'The move is paused' : 'The move has stopped',
    text: words,
    problems: error === null ? [] : [{ what: error.message, remedy: error.hint }],
    choices: ['resume', 'undo', 'stop'],
  });
}

export function cancelledCard(words: string): JourneyCard {
  return problemCard({
    step: 'migrate',
    title: 'The move was cancelled',
    text: words,
    problems: [],
    choices: ['undo', 'stop'],
  });
}
