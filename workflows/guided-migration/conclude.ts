/** How it ended, asked of the journey once more, so that nothing is claimed that is not so. */
import type { JourneyState } from '../../engine/index.ts';
import type { WorkflowDependencies } from '../guided-step.ts';
import { strictStep } from '../strict-step.ts';
import { type Ending, ending, type Trail, trail } from '../trail.ts';

export function concludeStep({ journey }: WorkflowDependencies) {
  return strictStep({
    id: 'conclude',
    description: 'Says how it ended, what is in the new system, and what can be undone.',
    input: trail,
    output: ending,
    async work({ input }) {
      return { kind: 'on', output: endingOf(input, await journey.state()) };
    },
  });
}

function endingOf({ course, planHash, runId, kept }: Trail, state: JourneyState): Ending {
  const { inTarget, undo, report, next } = state;
  const outcome = outcomeOf(course, state);
  const moving =
    state.run?.alive === true
      ? ' The move goes on in its own process; pausing or cancelling it is a step of its own.'
      : '';
  const stayed =
    kept === 0
      ? ''
      : ` ${kept.toLocaleString('en-US')} records in the same tables stayed, because this move did not bring them.`;
  const words = `${first[outcome]}${moving}${stayed} ${inTarget} ${undo} ${next}`;
  return { outcome, words, inTarget, undo, planHash, runId, report: [...report] };
}

function outcomeOf(course: Trail['course'], { signedOff }: JourneyState): Ending['outcome'] {
  if (course === 'undone' || course === 'cancelled') return course;
  return course === 'on' && signedOff !== null ? 'signed-off' : 'stopped';
}

const first: Readonly<Record<Ending['outcome'], string>> = {
  'signed-off': 'The move is finished and signed.',
  stopped: 'Stopped here.',
  undone: 'The move was undone.',
  cancelled: 'The move was cancelled.',
  failed: 'The guide stopped because of an error.',
};
