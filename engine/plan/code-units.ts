/** The pieces of code of an entity, wherever the plan holds them: with a column, or as a block that writes several. */
import { MigrationError } from '../core/errors.ts';
import type { PlanPath } from './finding.ts';
import type { CodeBlock, PlanColumn, PlanEntity, PlanFile, Transform } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

export interface PlannedCode {
  /** Null where it stands in a file that nobody has read. */
  readonly source: string | null;
  /** Path of its file below the plan's folder; null where it stands in the plan. */
  readonly file: string | null;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Where it stands, below the entity. */
  readonly at: PlanPath;
}

/** Columns' own code in the order of columns, then the entity's blocks. */
export function codeOf(entity: Pick<PlanEntity, 'columns' | 'code'>): PlannedCode[] {
  return [
    ...entity.columns.flatMap((column, i) => {
      const step = ownCode(column);
      if (!step) return [];
      const at = ['columns', i, 'transform'];
      return [planned(step, { reads: readsOf(column, step), writes: [column.to], at })];
    }),
    ...(entity.code ?? []).map((block, i) =>
      planned(block, { reads: block.reads, writes: block.writes, at: ['code', i] }),
    ),
  ];
}

export function hasCode(plan: Pick<PlanFile, 'entities'>): boolean {
  return plan.entities.some((entity) => codeOf(entity).length > 0);
}

/** True for a column that code writes, its own or a block's. */
export function isCodeColumn(column: PlanColumn): boolean {
  return codeStep(column) !== undefined;
}

/** Its transform where the column has code of its own. */
export function ownCode(column: PlanColumn): CodeStep | undefined {
  const step = codeStep(column);
  return step !== undefined && (step.file !== undefined || step.source !== undefined) ? step : undefined;
}

/** More columns are counted, not named. */
const NAMED = 3;

/** `code/names.ts`, or the columns that it writes. */
export function codeName({ file, writes }: Pick<PlannedCode, 'file' | 'writes'>): string {
  if (file !== null) return file;
  const more = writes.length - NAMED;
  return `the code of ${writes.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** For code that was never read there is no hash, no type check and nothing to run. */
export function notRead(entity: string, { file }: Pick<PlannedCode, 'file'>): MigrationError {
  return new MigrationError({
    code: 'CODE_NOT_READ',
    message: `The code of ${entity} stands in ${file ?? 'a file'}, which was not read.`,
    hint: 'Put the file beside the plan and read the plan from its own folder.',
    details: { entity, file },
  });
}

type CodeStep = Extract<Transform, { kind: 'code' }>;

function codeStep(column: PlanColumn): CodeStep | undefined {
  return transformsOf(column).find((step) => step.kind === 'code');
}

function readsOf({ from }: PlanColumn, { reads }: CodeStep): readonly string[] {
  return reads ?? (from === undefined ? [] : [from]);
}

function planned(
  { file, source }: Pick<CodeBlock, 'file' | 'source'>,
  rest: Pick<PlannedCode, 'reads' | 'writes' | 'at'>,
): PlannedCode {
  return { source: source ?? null, file: file ?? null, ...rest };
}
