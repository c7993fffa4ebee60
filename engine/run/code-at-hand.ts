/**
 * What a plan with code needs before anything is made: something to run code in, code that the compiler accepts, and code
 * that answers the same twice. A plan without code asks nobody for anything.
 */
import { type CodeRunners, isCodeFailure } from '../contract/code.ts';
import { type CodeDesk, createCodeDesk } from '../copy/code/code-desk.ts';
import { cannotRun, notSteady, sandboxMissing } from '../copy/code/code-errors.ts';
import { findUnsteady } from '../copy/code/same-answers.ts';
import { sampleCellsSql } from '../copy/code/sample-cells.sql.ts';
import { tableOf } from '../copy/prepare.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { checkCodeTypes } from '../mapping/code/check-code-types.ts';
import { codeUnit } from '../mapping/code/code-unit.ts';
import { columnSql } from '../mapping/pass-through.ts';
import { keyShape } from '../mapping/source-key.ts';
import { codeName, codeOf, hasCode, notRead } from '../plan/code-units.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { refuseErrors } from '../plan/refuse-invalid.ts';
import type { Catalog } from '../schema/catalog.ts';

/** Rows of each entity that go through its code twice. */
const TRIED_ROWS = 500;

/** @throws MigrationError SANDBOX_MISSING, CODE_NOT_READ or CODE_NOT_LOADED */
export async function refuseWithoutSandbox(
  runners: CodeRunners | null,
  plan: Pick<PlanFile, 'entities'>,
): Promise<void> {
  const entities = plan.entities.filter((entity) => codeOf(entity).length > 0);
  const [first] = entities;
  if (!first) return;
  if (runners === null) throw sandboxMissing(entities.map(({ name }) => name));
  for (const entity of entities) {
    const missing = codeOf(entity).find(({ source }) => source === null);
    if (missing) throw notRead(entity.name, missing);
  }
  const [code] = codeOf(first);
  const { source, reads, writes } = code!;
  try {
    const runner = await runners.open({ source: source!, reads, writes });
    await runner.close();
  } catch (error) {
    if (!isCodeFailure(error)) throw error;
    throw cannotRun({ entity: first.name, name: codeName(code!) }, error);
  }
}

/** Of a plan that fits the catalog. @throws MigrationError SANDBOX_MISSING or PLAN_INVALID with every line */
export async function refuseWrongCode(
  runners: CodeRunners | null,
  plan: PlanFile,
  catalog: Catalog,
): Promise<void> {
  if (!hasCode(plan)) return;
  if (runners === null) throw sandboxMissing(entitiesWithCode(plan));
  refuseErrors(await checkCodeTypes(plan, catalog, runners), 'The code of the plan is not right');
}

/** @throws MigrationError CODE_NOT_DETERMINISTIC, or what stops the code */
export async function refuseUnsteady(
  { source, code: runners }: { readonly source: Database; readonly code: CodeRunners | null },
  plan: PlanFile,
  catalog: Catalog,
  names: readonly string[],
): Promise<void> {
  if (runners === null) return;
  for (const entity of plan.entities) {
    if (!names.includes(entity.name)) continue;
    for (const code of codeOf(entity)) {
      const table = tableOf(catalog, entity);
      const unit = codeUnit(entity, table, code);
      const sql = sampleCellsSql(keyShape(entity, table).from, unit.reads.map(columnSql), TRIED_ROWS);
      const rows = await source.query<{ cells: (string | null)[] }>(sql);
      const whose = { entity: entity.name, name: codeName(code) };
      const cells = rows.map((row) => row.cells);
      const found = await findUnsteady(runners, unit, whose, cells);
      if (found) throw notSteady(whose, found);
    }
  }
}

/** Null for a plan without code. */
export function openDesk(
  { code, log }: { readonly code: CodeRunners | null; readonly log: Log },
  plan: Pick<PlanFile, 'entities'>,
): CodeDesk | null {
  return code !== null && hasCode(plan) ? createCodeDesk(code, log) : null;
}

export function entitiesWithCode(plan: PlanFile): string[] {
  return plan.entities.filter((entity) => codeOf(entity).length > 0).map(({ name }) => name);
}
