/** The rule over an entity's row filter: it is made of what a filter may be made of. */
import type { Table } from '../schema/catalog.ts';
import { conditionProblem, PLAIN_CONDITION } from './condition.ts';
import type { PlanPath, Tell } from './finding.ts';
import type { PlanEntity } from './plan-file.ts';

export function checkFilter({ where }: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  if (where === undefined) return;
  const problem = conditionProblem(
    where,
    table.columns.map(({ name }) => name),
  );
  if (problem === null) return;
  tell([...at, 'where'], `The filter cannot be used. ${problem}`, PLAIN_CONDITION);
}
