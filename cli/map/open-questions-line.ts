/** One line about questions that keep a plan from being approved; none where there are none. */
import { answersToApply, openQuestions } from '../../engine/plan/open-questions.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';

export function openQuestionsLine(context: Pick<Context, 'again'>, plan: PlanFile): string[] {
  const open = openQuestions(plan).length;
  if (open > 0)
    return [
      `${countOf(open, 'question')} about the plan must be answered before it can be approved: ${context.again('map answer')}`,
    ];
  const written = answersToApply(plan).length;
  return written === 0
    ? []
    : [
        `${countOf(written, 'answer')} in the plan file must still be put into the plan: ${context.again('map')}`,
      ];
}
