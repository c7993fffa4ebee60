/** Text as JSON: checked here, so that what jsonb refuses costs what the plan says and not the row. */
import { jsonbProblem } from '../json-text.ts';
import { Misfit } from '../misfit.ts';
import { onText, type Step, type StepContext, type TransformOf } from './step.ts';

export function jsonStep({ otherwise }: TransformOf<'json'>, { target }: Pick<StepContext, 'target'>): Step {
  // The encoder of jsonb looks itself.
  if (target.name === 'jsonb' && otherwise !== 'text') return (value) => value;
  return onText((value) => {
    const problem = jsonbProblem(value);
    if (problem === null) return value;
    if (otherwise !== 'text') return new Misfit('malformed-value', problem);
    const text = JSON.stringify(value);
    return jsonbProblem(text) === null ? text : new Misfit('malformed-value', problem);
  });
}
