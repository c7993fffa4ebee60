/** What a person still has to decide before the plan may be approved or run. */
import { isDeepStrictEqual } from 'node:util';
import { MigrationError } from '../core/errors.ts';
import type { PlanEntity, PlanFile } from './plan-file.ts';
import type { PlanQuestion } from './questions.ts';

type Asked = Pick<PlanFile, 'questions' | 'entities'>;
type Choice = PlanQuestion['choices'][number];

/** Required, not answered or waiting for what its answer announced, and still about something that the plan holds. */
export function openQuestions(plan: Asked): PlanQuestion[] {
  const moved = new Set(plan.entities.map(({ name }) => name));
  return plan.questions.filter(
    (question) =>
      question.required &&
      (question.about.entity === undefined || moved.has(question.about.entity)) &&
      (question.answer === null || waitingChoice(question, plan) !== null),
  );
}

/** The choice that was taken, where what it announced has not come. */
export function waitingChoice(
  question: PlanQuestion,
  { entities }: Pick<PlanFile, 'entities'>,
): Choice | null {
  const choice = question.choices.find(({ id }) => id === question.answer);
  if (choice?.waitsFor === undefined) return null;
  const entity = entities.find(({ name }) => name === question.about.entity);
  return hasCome(choice, question, entity) ? null : choice;
}

function hasCome(
  { changes, waitsFor }: Choice,
  { about }: PlanQuestion,
  entity: PlanEntity | undefined,
): boolean {
  switch (waitsFor) {
    case 'table':
      return entity?.target.table !== about.table?.table || entity?.target.schema !== about.table?.schema;
    case 'merge':
      return entity?.merge !== undefined;
    case 'value': {
      const put = changes.find((change) => change.kind === 'put-column');
      const column = entity?.columns.find(({ to }) => to === about.column);
      return !put || !isDeepStrictEqual(column?.transform, put.column.transform);
    }
    default:
      return false;
  }
}

/** Answered in the file by hand, while the plan still holds another choice. */
export function answersToApply({ questions }: Pick<PlanFile, 'questions'>): PlanQuestion[] {
  return questions.filter(({ answer, applied }) => answer !== null && answer !== applied);
}

/** @throws MigrationError PLAN_HAS_QUESTIONS; nothing has happened then */
export function refuseOpenQuestions(plan: Asked): void {
  const open = openQuestions(plan);
  const unanswered = open.filter(({ answer }) => answer === null);
  const written = answersToApply(plan);
  if (unanswered.length > 0)
    throw refused(
      unanswered,
      `${unanswered.length === 1 ? 'One question' : `${unanswered.length} questions`} about the plan must be answered first. Question ${unanswered[0]!.number}: ${unanswered[0]!.text}`,
      'See them with “towpath map answer”, answer one with “towpath map answer 1 a”, or take what is recommended with “towpath map answer --all-recommended”. Nothing was changed.',
    );
  if (open.length > 0)
    throw refused(
      open,
      `Question ${open[0]!.number} was answered with “${waitingChoice(open[0]!, plan)!.text}”, and that has not happened yet.`,
      'Do what the answer says, or answer it otherwise: towpath map answer shows it. Nothing was changed.',
    );
  if (written.length > 0)
    throw refused(
      written,
      `The answer to question ${written[0]!.number} stands in the plan file, and the plan does not follow it yet.`,
      'Apply it with: towpath map. Nothing was changed.',
    );
}

function refused(questions: readonly PlanQuestion[], message: string, hint: string): MigrationError {
  const numbers = questions.map(({ number }) => number);
  return new MigrationError({ code: 'PLAN_HAS_QUESTIONS', message, hint, details: { questions: numbers } });
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
