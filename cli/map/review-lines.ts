/** The mapping of a plan as a table for review: every column with its transform, how sure, why, and examples. */
import type { ColumnExample } from '../../engine/contract/contract.ts';
import type { PlanColumn, PlanEntity } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import { entityWords } from '../../engine/report/words.ts';
import { formatTable, plainText } from '../text/table.ts';

export type Examples = ReadonlyMap<string, readonly ColumnExample[]>;

/** Below this, a choice deserves a look. */
export const SURE = 0.9;

export function entityLines(entity: PlanEntity, examples: Examples | null, isUnsure: boolean): string[] {
  const columns = isUnsure ? unsureOf(entity) : entity.columns;
  if (isUnsure && columns.length === 0) return [];
  const head = ['source', 'target', 'transform', 'type', 'sure', 'why'];
  const rows = columns.map((column) => [
    plainText(column.from ?? '–', 30),
    plainText(column.to, 30),
    plainText(transformNames(column), 60),
    plainText(column.type, 30),
    column.confidence.toFixed(2),
    plainText(column.reason, 70),
    ...(examples === null ? [] : [exampleWords(examples.get(column.to) ?? [])]),
  ]);
  return [
    `${entityWords(entity.name)}: ${plainText(`${entity.source.schema}.${entity.source.table}`)} → ${plainText(`${entity.target.schema}.${entity.target.table}`)} (level ${entity.level}, ${entity.difficulty})`,
    ...formatTable(examples === null ? head : [...head, 'examples'], rows, '  '),
    ...(isUnsure ? [] : leftOutLines(entity)),
    '',
  ];
}

/** The least sure one first. */
export function unsureOf({ columns }: PlanEntity): PlanColumn[] {
  return columns.filter(({ confidence }) => confidence < SURE).sort((a, b) => a.confidence - b.confidence);
}

function leftOutLines({ leftOut }: PlanEntity): string[] {
  return leftOut.map(({ column, reason }) => `  left out: ${plainText(column)}, ${plainText(reason, 100)}`);
}

export function transformNames(column: PlanColumn): string {
  return transformsOf(column)
    .map((step) => (step.kind === 'reference' ? `reference to ${step.entity}` : step.kind))
    .join(', ');
}

function exampleWords(examples: readonly ColumnExample[]): string {
  return examples.map(oneExample).join('; ');
}

function oneExample({ before, after, misfit }: ColumnExample): string {
  const shown = (value: string | null) => (value === null ? '∅' : value === '' ? '“”' : plainText(value, 42));
  if (misfit !== null) return `${shown(before)} does not fit: ${plainText(misfit, 60)}`;
  return before === after ? shown(after) : `${shown(before)} → ${shown(after)}`;
}
