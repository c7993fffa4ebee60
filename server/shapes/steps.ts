/** The steps of a journey as the page begins them. Each answers once it is done, or with the card that a person must decide first. */
import { z } from 'zod';
import {
  catalogFacts,
  planFacts,
  rehearsalFacts,
  reportFacts,
  rollbackFacts,
  validationFacts,
} from '../../engine/contract/facts.ts';
import { runFacts } from '../../engine/contract/journey-state.ts';
import { needsApproval, told } from './told.ts';

/** `accept-set-aside` goes past a closed gate; `undo` takes out what the newest run brought. */
export const stepNames = [
  'analyse',
  'plan',
  'rehearse',
  'start',
  'pause',
  'resume',
  'cancel',
  'validate',
  'report',
  'accept-set-aside',
  'undo',
] as const;
export const stepName = z.enum(stepNames);
export type StepName = z.infer<typeof stepName>;

const flag = z.enum(['true', 'false']).optional();

export const stepOptions = z.object({
  /** With `rehearse`: the sample is moved again and again under faults, too. */
  chaos: flag,
  /** With `undo`: records that others have changed since go too, which is an approval of its own. */
  forceChanged: flag,
});

function done<Step extends StepName, Data extends z.ZodType>(step: Step, data: Data) {
  return z.object({ status: z.literal('done'), step: z.literal(step), told: told(data) });
}

export const stepAnswer = z.union([
  needsApproval.extend({ step: stepName }),
  done('analyse', catalogFacts),
  done('plan', planFacts),
  done('rehearse', rehearsalFacts),
  done('start', runFacts),
  done('pause', runFacts),
  done('resume', runFacts),
  done('cancel', runFacts),
  done('validate', validationFacts),
  done('report', reportFacts),
  done('accept-set-aside', runFacts),
  done('undo', rollbackFacts),
]);
export type StepAnswer = z.infer<typeof stepAnswer>;

/** What `undo` would do now. */
export const undoPreview = told(rollbackFacts);
export type UndoPreview = z.infer<typeof undoPreview>;
