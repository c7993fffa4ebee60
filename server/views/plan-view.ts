/** The plan as the page draws it: its facts, and every entity with what it points to. */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import type { Told } from '../../engine/contract/journey.ts';
import { shownText } from '../../engine/core/shown-text.ts';
import { openQuestions } from '../../engine/plan/open-questions.ts';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import { entityWords } from '../../engine/report/words.ts';
import type { PicturedEntity, PlanView } from '../shapes/plan.ts';

type PlanFacts = Omit<PlanView['data'], 'picture' | 'approved' | 'questions'>;

/** Below this, a choice deserves a look. */
const SURE = 0.9;

export function planViewOf(
  facts: Told<PlanFacts>,
  plan: PlanFile,
  approvals: readonly ApprovalCard[],
): PlanView {
  return {
    ...facts,
    data: {
      ...facts.data,
      picture: pictureOf(plan),
      approved: approvedOf(approvals, facts.data.hash),
      questions: openQuestions(plan).length,
    },
  };
}

/** Newest first in, newest out. */
function approvedOf(approvals: readonly ApprovalCard[], hash: string): PlanView['data']['approved'] {
  for (const { action, state, planHash, decidedBy, decidedAt } of approvals) {
    const isYes = state === 'granted' || state === 'used';
    if (!isYes || decidedBy === null || decidedAt === null) continue;
    if (action === 'rehearse' || action === 'migrate' || action === 'retry-quarantine')
      return { hash: planHash, by: decidedBy, at: decidedAt, action, current: planHash === hash };
  }
  return null;
}

export function pictureOf(plan: PlanFile): PicturedEntity[] {
  const open = openQuestions(plan);
  return plan.entities.map((entity) => ({
    name: entity.name,
    title: entityWords(entity.name),
    from: shownText(entity.source.table, 70),
    to: shownText(entity.target.table, 70),
    level: entity.level,
    rows: entity.estimatedRows,
    financial: entity.financial,
    difficulty: entity.difficulty,
    columns: entity.columns.length,
    unsure: entity.columns.filter(({ confidence }) => confidence < SURE).length,
    questions: open.filter(({ about }) => about.entity === entity.name).map(({ number }) => number),
    references: referencesOf(entity),
  }));
}

export function referencesOf(entity: PlanEntity): PicturedEntity['references'] {
  const links = entity.columns.flatMap((column) =>
    pointedAt(column).map((to) => ({ to, column: column.to, later: entity.deferred.includes(column.to) })),
  );
  return [...Map.groupBy(links, ({ to }) => to)].map(([to, of]) => ({
    entity: to,
    columns: of.map(({ column }) => shownText(column, 70)),
    later: of.every(({ later }) => later),
  }));
}

function pointedAt(column: PlanEntity['columns'][number]): string[] {
  const names = transformsOf(column).flatMap((step) => {
    if (step.kind === 'reference') return [step.entity];
    return step.kind === 'polymorphic' ? Object.values(step.entities) : [];
  });
  return [...new Set(names)];
}
