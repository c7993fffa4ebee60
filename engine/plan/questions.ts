/**
 * What the tool cannot decide, asked in the plan file. The plan as proposed holds the recommended choice already, so that
 * taking it changes nothing; another answer makes that choice's changes. An answer written into the file by hand differs
 * from `applied` until somebody applies it: until then, and while a required question is open, the plan is neither
 * approved nor run. Numbers are never used again within a plan.
 */
import { z } from 'zod';
import { planChange } from './changes/plan-change.ts';
import { entityName, identifier } from './plan-column.ts';

/**
 * What a choice asks of whoever takes it before the plan may be approved: another table or a merge rule in the plan, another
 * value than the one it put there, or a new plan altogether. A “no” is no yes: the question stays open until that has come.
 */
const waitsFor = z.enum(['table', 'merge', 'value', 'new-plan']);

const choiceId = z.string().regex(/^[a-z]$/, 'a choice is one letter');

export const planQuestion = z
  .strictObject({
    number: z.int().min(1),
    /** Nothing is named where the question is about several. */
    about: z
      .strictObject({
        entity: entityName.optional(),
        column: identifier.optional(),
        table: z.strictObject({ schema: identifier, table: identifier }).optional(),
      })
      .default({}),
    text: z.string().min(1),
    why: z.string().min(1),
    required: z.boolean(),
    choices: z
      .array(
        z.strictObject({
          id: choiceId,
          text: z.string().min(1),
          changes: z.array(planChange).default([]),
          waitsFor: waitsFor.optional(),
        }),
      )
      .min(2),
    recommended: choiceId,
    answer: choiceId.nullable().default(null),
    /** The choice that the plan holds. */
    applied: choiceId.nullable().default(null),
  })
  .superRefine((question, context) => {
    const ids = question.choices.map(({ id }) => id);
    if (new Set(ids).size < ids.length)
      context.addIssue({ code: 'custom', path: ['choices'], message: 'two choices have the same letter' });
    for (const key of ['recommended', 'answer', 'applied'] as const)
      if (question[key] !== null && !ids.includes(question[key]))
        context.addIssue({ code: 'custom', path: [key], message: `is one of ${ids.join(', ')}` });
  });
export type PlanQuestion = z.infer<typeof planQuestion>;

/**
 * A question as a suggestion raises it. The plan must hold `recommended` already, and the changes of every choice must
 * lead to it from any other (give the recommended one its changes too: they undo the others).
 */
export interface QuestionDraft {
  readonly about: PlanQuestion['about'];
  /** Plain words for somebody who is no engineer; ends in a question mark. */
  readonly text: string;
  readonly why: string;
  /** True wherever something could be lost, or come out wrong, without anybody having said so. */
  readonly required: boolean;
  /** Two at least; the recommended one becomes a, the others b, c in this order. */
  readonly choices: readonly {
    readonly text: string;
    readonly changes: PlanQuestion['choices'][number]['changes'];
    readonly waitsFor?: z.infer<typeof waitsFor>;
  }[];
  /** Place of the recommended one among the choices. */
  readonly recommended: number;
  /**
   * Questions with the same `key` become one, so that nobody is asked the same thing forty times: `subject` is this one's
   * (`visits.started_at`), `text` asks for all. Choices are joined by their place and must read the same.
   */
  readonly together?: {
    readonly key: string;
    readonly subject: string;
    readonly text: (subjects: readonly string[]) => string;
  };
}
