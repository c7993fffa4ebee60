/** Drafts of questions, in the order raised → the questions of a plan: alike ones joined, what is required first, numbered from 1. */
import type { PlanQuestion, QuestionDraft } from './questions.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

export function numberQuestions(drafts: readonly QuestionDraft[]): PlanQuestion[] {
  const joined = joinAlike(drafts);
  return [...joined.filter(({ required }) => required), ...joined.filter(({ required }) => !required)].map(
    ({ about, text, why, required, choices: offered, recommended }, i) => {
      // What is recommended is always a: letters then mean the same in the file, on a card and in a list of choices.
      const choices = [offered[recommended]!, ...offered.filter((_, k) => k !== recommended)];
      const chosen = LETTERS[0]!;
      return {
        number: i + 1,
        about,
        text,
        why,
        required,
        choices: choices.map((choice, k) => ({
          id: LETTERS[k]!,
          text: choice.text,
          changes: [...choice.changes],
          ...(choice.waitsFor ? { waitsFor: choice.waitsFor } : {}),
        })),
        recommended: chosen,
        answer: null,
        applied: chosen,
      };
    },
  );
}

/** One draft for each key, where the first of its kind stood. */
function joinAlike(drafts: readonly QuestionDraft[]): QuestionDraft[] {
  const groups = new Map<string, QuestionDraft[]>();
  drafts.forEach((draft, i) => {
    const key = draft.together ? `together ${draft.together.key}` : `alone ${i}`;
    groups.set(key, [...(groups.get(key) ?? []), draft]);
  });
  return [...groups.values()].map(joinOne);
}

function joinOne(drafts: readonly QuestionDraft[]): QuestionDraft {
  const [first] = drafts as readonly [QuestionDraft];
  const { together } = first;
  if (!together || drafts.length === 1) return first;
  return {
    ...first,
    about: {},
    text: together.text(drafts.map((draft) => draft.together!.subject)),
    required: drafts.some(({ required }) => required),
    choices: first.choices.map((choice, k) => ({
      ...choice,
      changes: drafts.flatMap((draft) => draft.choices[k]?.changes ?? []),
    })),
  };
}
