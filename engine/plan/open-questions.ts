/** What a person still has to decide before the plan may be approved or run. */
import { MigrationError } from '../core/errors.ts';
import type { PlanFile } from './plan-file.ts';
import type { PlanQuestion } from './questions.ts';

/** Required, not answered, and still about something that the plan holds. */
export function openQuestions({
  questions,
  entities,
}: Pick<PlanFile, 'questions' | 'entities'>): PlanQuestion[] {
  const moved = new Set(entities.map(({ name }) => name));
  return questions.filter(
    ({ required, answer, about }) =>
      required && answer === null && (about.entity === undefined || moved.has(about.entity)),
  );
}

/** Answered in the file by hand, while the plan still holds another choice. */
export function answersToApply({ questions }: Pick<PlanFile, 'questions'>): PlanQuestion[] {
  return questions.filter(({ answer, applied }) => answer !== null && answer !== applied);
}

/** @throws MigrationError PLAN_HAS_QUESTIONS; nothing has happened then */
export function refuseOpenQuestions(plan: Pick<PlanFile, 'questions' | 'entities'>): void {
  const open = openQuestions(plan);
  const written = answersToApply(plan);
  const [first] = open.length > 0 ? open : written;
  if (!first) return;
  const numbers = (open.length > 0 ? open : written).map(({ number }) => number);
  throw new MigrationError({
    code: 'PLAN_HAS_QUESTIONS',
    message:
      open.length > 0
        ? `${open.length === 1 ? 'One question' : `${open.length} questions`} about the plan must be answered first. Question ${first.number}: ${first.text}`
        : `The answer to question ${first.number} stands in the plan file, and the plan does not follow it yet.`,
    hint:
      open.length > 0
        ? 'See them with “towpath map answer”, answer one with “towpath map answer 1 a”, or take what is recommended with “towpath map answer --all-recommended”. Nothing was changed.'
        : 'Apply it with: towpath map. Nothing was changed.',
    details: { questions: numbers },
  });
}

/** Every open question, required or not, answered as recommended: what somebody says who trusts the proposal. */
export function takeRecommended(plan: PlanFile): PlanFile {
  return {
    ...plan,
    questions: plan.questions.map((question) =>
      question.answer === null ? { ...question, answer: question.recommended } : question,
    ),
  };
}
