/**
 * A step of a journey. It promises: to work only while the journey is on; to work in one process at a time; to turn an
 * error into a problem card, so that no workflow dies of a server that was away for a minute; to end at the word `stop`.
 * The work itself first asks the journey where things are and does what is left: it may be run twice, at any moment.
 */
import type { Journey, JourneyStep, Log } from '../engine/index.ts';
import { type JourneyCard, MigrationError } from '../engine/index.ts';
import { type ChoiceId, problemCard, readAnswer } from './cards.ts';
import { freeLease, type Lease, underLease } from './lease.ts';
import { type StepContext, type StepVerdict, strictStep } from './strict-step.ts';
import { type Trail, trail } from './trail.ts';

export interface WorkflowDependencies {
  readonly journey: Journey;
  readonly log: Log;
  /** Absent: only this process works on it. */
  readonly lease?: Lease;
  /** How long one look at a moving migration may take; a cancelled workflow ends within it. */
  readonly lookMilliseconds?: number;
}

export interface Moment {
  readonly trail: Trail;
  /** Whoever answered last, else whoever began. */
  readonly by: string;
  /** Null: nothing was asked yet, or the process that asked is gone. */
  readonly answer: ChoiceId | 'look' | null;
  readonly answered: JourneyCard | null;
  readonly signal: AbortSignal;
  tell: StepContext<Trail>['tell'];
}

export type Verdict = StepVerdict<Trail>;

export interface GuidedStep<Id extends string> {
  readonly id: Id;
  readonly description: string;
  readonly step: JourneyStep;
  /** The course that it works on; `on` unless told. */
  readonly course?: Trail['course'];
  work(moment: Moment): Promise<Verdict>;
}

/** A step for Mastra from `work`, which answers with the trail to hand on or with the card to wait with. */
export function guidedStep<const Id extends string>(
  { lease = freeLease, log }: WorkflowDependencies,
  { id, description, step, course = 'on', work }: GuidedStep<Id>,
) {
  return strictStep({
    id,
    description,
    input: trail,
    output: trail,
    async work({ input, resumed, answered, signal, tell }) {
      if (input.course !== course) return on(input);
      const answer = resumed === null || answered === null ? null : readAnswer(answered, resumed.answer);
      if (resumed !== null && answered !== null && answer === null) return ask(answered);
      if (answer === 'stop' || answer === 'keep') return on({ ...input, course: 'stopped' });
      if (answer === 'undo') return on({ ...input, course: 'undoing' });
      const by = resumed?.by ?? input.by;
      try {
        return await underLease({ lease, signal }, () =>
          work({ trail: input, by, answer, answered, signal, tell }),
        );
      } catch (error) {
        if (signal.aborted) throw error;
        const undoable = input.runId !== null && course === 'on';
        return ask(errorCard(log, { id, step, undoable }, error));
      }
    },
  });
}

export function on(output: Trail): Verdict {
  return { kind: 'on', output };
}

export function ask(card: JourneyCard): Verdict {
  return { kind: 'ask', card };
}

interface Place {
  readonly id: string;
  readonly step: JourneyStep;
  readonly undoable: boolean;
}

/** Only the engine's own errors are meant for people; any other may quote a row or an address, and goes to the log. */
function errorCard(log: Log, { id, step, undoable }: Place, error: unknown): JourneyCard {
  const known = error instanceof MigrationError;
  const { message, hint, code } = known ? error : UNEXPECTED;
  // as an object: the log keeps names and codes of it, not its sentence
  log.warn('workflow.step.problem', { step: id, code, ...(known ? {} : { error }) });
  return problemCard({
    step,
    title: 'Something is in the way',
    text: message,
    problems: [{ what: message, remedy: hint }],
    choices: undoable ? ['again', 'undo', 'stop'] : ['again', 'stop'],
  });
}

const UNEXPECTED = {
  code: 'UNEXPECTED',
  message: 'Something unexpected happened; what had been done before is complete and stays as it is.',
  hint: 'Try again. If it comes back, the log of today says what it was.',
};
