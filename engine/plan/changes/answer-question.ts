/**
 * Answers of questions in a plan's text. Promise: the chosen way is in the plan and the question says so, or nothing has
 * changed; a choice that the plan holds already only gets its answer. What a choice changes of a kind of record that was
 * taken out meanwhile, or of a column that somebody changed, is left alone.
 */
import { isMap, isSeq, type YAMLMap } from 'yaml';
import { MigrationError } from '../../core/errors.ts';
import { answersToApply } from '../open-questions.ts';
import type { PlanFile } from '../plan-file.ts';
import type { PlanQuestion } from '../questions.ts';
import { editText, type OpenedPlan } from './change-plan.ts';
import type { ChangeWords } from './choose.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import { outdated } from './outdated-change.ts';
import type { PlanChange } from './plan-change.ts';
import type { ProposeEntity } from './take-in-table.ts';

export interface Answer {
  readonly number: number;
  /** Letter of a choice, `recommended`, or for a question about the clock the name of a time zone. */
  readonly choice: string;
}

export interface AnsweredPlan {
  readonly text: string;
  readonly changed: boolean;
  /** In the order of the answers. */
  readonly answered: readonly {
    readonly number: number;
    readonly choice: PlanQuestion['choices'][number];
    /** What became otherwise in the plan; empty where it held the choice already. */
    readonly changes: readonly ChangeWords[];
  }[];
}

/** @throws MigrationError UNKNOWN_QUESTION, UNKNOWN_CHOICE, CHANGE_REFUSED and what changes throw; PLAN_INVALID */
export function answerQuestions(
  text: string,
  answers: readonly Answer[],
  propose?: ProposeEntity,
): AnsweredPlan {
  const answered: AnsweredPlan['answered'][number][] = [];
  const now = editText(text, propose, (opened) => {
    for (const answer of answers) answered.push(answerOne(opened, answer));
  });
  return { text: now, changed: now !== text, answered };
}

function answerOne(opened: OpenedPlan, answer: Answer): AnsweredPlan['answered'][number] {
  const question = questionOf(opened.plan(), answer.number);
  const said = choiceOf(question, answer.choice);
  const { choice } = said;
  const due = question.applied === choice.id ? [] : choice.changes;
  refuseNoWayBack(question, choice);
  const changes = due
    .filter((change) => isPossible(opened.plan(), change))
    .map((change) => outdated(opened.plan(), question, change) ?? opened.change(change));
  mark(opened.edit, question, said);
  return { number: answer.number, choice, changes };
}

/** Answers that stand in the file and that the plan does not follow yet. */
export function writtenAnswers(plan: PlanFile): Answer[] {
  return answersToApply(plan).map(({ number, answer }) => ({ number, choice: answer! }));
}

/** Every question without an answer, as recommended. */
export function recommendedAnswers(plan: PlanFile): Answer[] {
  return plan.questions
    .filter(({ answer }) => answer === null)
    .map(({ number, recommended }) => ({ number, choice: recommended }));
}

function questionOf({ questions }: PlanFile, number: number): PlanQuestion {
  const found = questions.find((question) => question.number === number);
  if (found) return found;
  throw new MigrationError({
    code: 'UNKNOWN_QUESTION',
    message: `The plan has no question ${number}.`,
    hint:
      questions.length === 0
        ? 'It has no questions at all.'
        : `Its questions are ${questions.map((question) => question.number).join(', ')}: towpath map answer shows them.`,
  });
}

interface Said {
  readonly choice: PlanQuestion['choices'][number];
  /** True for one that the question did not offer so far. */
  readonly isNew: boolean;
}

function choiceOf(question: PlanQuestion, said: string): Said {
  const wanted = said.trim().toLowerCase().replace(/[).]$/, '');
  const id = wanted === 'recommended' ? question.recommended : wanted;
  const offered =
    question.choices.find((choice) => choice.id === id) ??
    question.choices.find(({ text }) => text.toLowerCase() === wanted);
  if (offered) return { choice: offered, isNew: false };
  const zone = zoneSaid(question, said.trim());
  if (zone !== null) return { choice: zone, isNew: true };
  throw new MigrationError({
    code: 'UNKNOWN_CHOICE',
    message: `Question ${question.number} has no choice “${said.trim().slice(0, 40)}”.`,
    hint: `Its choices are ${question.choices.map((choice) => `${choice.id} (${choice.text})`).join(', ')}.`,
  });
}

/** Nobody can list every zone: a question about the clock takes any name. */
function zoneSaid({ choices }: PlanQuestion, said: string): Said['choice'] | null {
  const asksForZone = choices.every(({ changes }) => changes.some(({ kind }) => kind === 'set-time-zone'));
  if (!asksForZone || choices.length >= 26) return null;
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: said }).resolvedOptions().timeZone;
    return {
      id: String.fromCharCode(97 + choices.length),
      text: `${zone} time`,
      changes: [{ kind: 'set-time-zone', zone }],
    };
  } catch {
    return null;
  }
}

function isPossible({ entities }: PlanFile, change: PlanChange): boolean {
  return !('entity' in change) || entities.some(({ name }) => name === change.entity);
}

function refuseNoWayBack(question: PlanQuestion, choice: PlanQuestion['choices'][number]): void {
  if (question.applied === choice.id || choice.changes.length > 0) return;
  const held = question.choices.find(({ id }) => id === question.applied);
  if (!held || held.changes.length === 0) return;
  throw new MigrationError({
    code: 'CHANGE_REFUSED',
    message: `Question ${question.number} was answered with ${held.id}, and that cannot be taken back.`,
    hint: 'Edit the plan file, or have a new plan made: towpath plan --force',
  });
}

function mark(edit: PlanEdit, { number }: PlanQuestion, { choice, isNew }: Said): void {
  const node = questionNode(edit, number);
  const list = node.get('choices');
  if (isNew && isSeq(list)) list.add(edit.document.createNode({ ...choice, changes: [...choice.changes] }));
  edit.set(node, 'answer', choice.id, ['recommended']);
  edit.set(node, 'applied', choice.id, ['recommended', 'answer']);
}

function questionNode(edit: PlanEdit, number: number): YAMLMap {
  const list = edit.root().get('questions');
  const found = isSeq(list) ? list.items.find((item) => isMap(item) && item.get('number') === number) : null;
  if (isMap(found)) return found;
  throw new TypeError('a question that was read has a map');
}
