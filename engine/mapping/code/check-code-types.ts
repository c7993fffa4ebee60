/** The compiler's answers about the code of a plan, as findings of the plan: by line and column of the code. */
import type { CodeRunners, TypeProblem } from '../../contract/code.ts';
import { codeName, codeOf, notRead, type PlannedCode } from '../../plan/code-units.ts';
import type { LocateLine, PlanFinding } from '../../plan/finding.ts';
import { namedPath } from '../../plan/named-path.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import type { Catalog, Table } from '../../schema/catalog.ts';
import { indexTables, tableKey } from '../../schema/table-key.ts';
import { typeContract } from './type-contract.ts';

/** More of one piece of code are counted: the first ones are what has to be put right. */
export const MOST_PROBLEMS = 20;

/**
 * Of a plan in which checkPlan found no error. Asks for nothing where there is no code.
 * @throws MigrationError CODE_NOT_READ, or what the runners throw
 */
export async function checkCodeTypes(
  plan: PlanFile,
  catalog: Pick<Catalog, 'tables' | 'enums'>,
  runners: Pick<CodeRunners, 'check'>,
  locate?: LocateLine,
): Promise<PlanFinding[]> {
  const tables = indexTables(catalog.tables);
  const findings: PlanFinding[] = [];
  for (const [i, entity] of plan.entities.entries()) {
    const table = tables.get(tableKey({ schema: entity.source.schema, name: entity.source.table }));
    for (const code of table ? codeOf(entity) : []) {
      const at = ['entities', i, ...code.at];
      const place = { line: locate?.(at) ?? null, path: namedPath(at, plan), severity: 'error' as const };
      for (const problem of await problemsOf({ entity, table: table!, enums: catalog.enums, code }, runners))
        findings.push({ ...place, ...problem });
    }
  }
  return findings;
}

export interface CodeInPlan {
  readonly entity: PlanEntity;
  readonly table: Table;
  readonly enums: Catalog['enums'];
  readonly code: PlannedCode;
}

/** Of one piece of code of a checked plan. @throws MigrationError CODE_NOT_READ, or what the runners throw */
export async function typeProblemsOf(
  of: CodeInPlan,
  runners: Pick<CodeRunners, 'check'>,
): Promise<readonly TypeProblem[]> {
  const { source, reads, writes } = of.code;
  if (source === null) throw notRead(of.entity.name, of.code);
  return runners.check({ source, reads, writes }, typeContract(of));
}

async function problemsOf(
  of: CodeInPlan,
  runners: Pick<CodeRunners, 'check'>,
): Promise<Pick<PlanFinding, 'message' | 'hint' | 'inCode'>[]> {
  const { code } = of;
  const problems = await typeProblemsOf(of, runners);
  const more = problems.length - MOST_PROBLEMS;
  return problems.slice(0, MOST_PROBLEMS).map(({ line, column, message }, i) => ({
    message: `Line ${line}, column ${column} of ${codeName(code)}: ${closed(message)}`,
    hint:
      i === MOST_PROBLEMS - 1 && more > 0
        ? `Correct the code. There are ${more} more such messages.`
        : 'Correct the code.',
    inCode: { line, column },
  }));
}

function closed(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
