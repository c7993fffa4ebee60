/** The plainest route: ask one tool, tell what it answered. */
import { type Telling, tell } from '../answer.ts';
import { call, type Moment, resultOf, type Step } from '../step.ts';

export type Route = (moment: Moment) => Step;

export function ask(
  moment: Moment,
  tool: string,
  input: Readonly<Record<string, unknown>> = {},
  telling?: Telling,
): Step {
  const result = resultOf(moment, tool);
  return result === null ? call(tool, input) : tell(result, telling);
}

export function lookUp(
  tool: string,
  input: Readonly<Record<string, unknown>> = {},
  telling?: Telling,
): Route {
  return (moment) => ask(moment, tool, input, telling);
}
