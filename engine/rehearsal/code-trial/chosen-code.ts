/** Which piece of code is meant, and whether it can be tried at all. */
import { tableOf } from '../../copy/prepare.ts';
import { MigrationError } from '../../core/errors.ts';
import { chooseColumn, chooseEntity } from '../../plan/changes/choose.ts';
import { joinNames } from '../../plan/changes/words.ts';
import { checkPlan } from '../../plan/check-plan.ts';
import { codeName, codeOf, type PlannedCode } from '../../plan/code-units.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import type { Catalog, Table } from '../../schema/catalog.ts';

export interface ChosenCode {
  readonly entity: PlanEntity;
  readonly table: Table;
  readonly code: PlannedCode;
}

/** @throws MigrationError UNKNOWN_ENTITY, UNKNOWN_COLUMN, NO_CODE or AMBIGUOUS_NAME */
export function chooseCode(
  plan: PlanFile,
  catalog: Catalog,
  { entity: said, column }: { readonly entity: string; readonly column: string | null },
): ChosenCode {
  const entity = chooseEntity(plan, said);
  const table = tableOf(catalog, entity);
  const all = codeOf(entity);
  if (column === null) {
    if (all.length === 1) return { entity, table, code: all[0]! };
    if (all.length === 0) throw noCode(`No column of ${entity.name} is worked out by code.`);
    throw new MigrationError({
      code: 'AMBIGUOUS_NAME',
      message: `${entity.name} has ${all.length} pieces of code: ${joinNames(all.map(codeName))}.`,
      hint: 'Say which by naming a column that it writes.',
    });
  }
  const { to } = chooseColumn(entity, column);
  const code = all.find(({ writes }) => writes.includes(to));
  if (code) return { entity, table, code };
  throw noCode(`${to} of ${entity.name} is not worked out by code.`);
}

/** What is wrong elsewhere in the plan does not matter here. @throws MigrationError CODE_DOES_NOT_FIT */
export function refuseMistakes(plan: PlanFile, catalog: Catalog, entity: string): void {
  const place = `entities.${entity}`;
  const mistakes = checkPlan(plan, catalog).filter(
    ({ severity, path }) => severity === 'error' && (path === place || path.startsWith(`${place}.`)),
  );
  const [first] = mistakes;
  if (!first) return;
  throw new MigrationError({
    code: 'CODE_DOES_NOT_FIT',
    message: `The code cannot be tried as the plan would be with it: ${first.message}`,
    hint: first.hint,
    details: { mistakes: mistakes.map(({ path, message, hint }) => ({ path, message, hint })) },
  });
}

function noCode(message: string): MigrationError {
  return new MigrationError({
    code: 'NO_CODE',
    message,
    hint: 'Name a column that is, or hand the code over that shall be tried.',
  });
}
