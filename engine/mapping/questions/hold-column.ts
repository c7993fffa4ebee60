/** The change that leads back to a column as it was suggested, with the rules that hang on it. */

import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import type { PlanQuestion } from '../../plan/questions.ts';

type Change = PlanQuestion['choices'][number]['changes'][number];

export function holdColumn(entity: PlanEntity, column: PlanColumn): Change {
  const uniques = entity.uniques.filter(({ columns }) => columns.includes(column.to));
  const indexes = entity.indexes.filter(({ columns }) => columns.includes(column.to));
  const quoted = new RegExp(`(^|[^\\w])"?${column.to}"?([^\\w]|$)`);
  const checks = entity.checks.filter(({ expression }) => quoted.test(expression));
  const deferred = entity.deferred.includes(column.to);
  const plain = uniques.length + indexes.length + checks.length === 0 && !deferred;
  return {
    kind: 'put-column',
    entity: entity.name,
    column,
    ...(plain ? {} : { rules: { uniques, indexes, checks, deferred } }),
  };
}

/** Part of a rule together with others, so that it cannot go without changing what the rule says. */
export function isBound(entity: PlanEntity, { to }: PlanColumn): boolean {
  return entity.uniques.some(({ columns }) => columns.length > 1 && columns.includes(to));
}
