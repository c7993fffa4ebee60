/** What questions are asked about: a plan as suggested, beside what it was made of. */
import type { PlanOutline } from '../../plan/outline.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import type { QuestionDraft } from '../../plan/questions.ts';
import type { Catalog } from '../../schema/catalog.ts';

export interface SuggestedPlan {
  readonly catalog: Catalog;
  readonly outline: PlanOutline;
  readonly entities: readonly PlanEntity[];
  /** Zone of clocks without one, as the plan has it. */
  readonly timeZone: string;
}

export type Ask = (question: QuestionDraft) => void;
