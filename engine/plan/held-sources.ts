/**
 * Source columns whose values stand in the target: what a column comes from, what metadata lists, the pieces of a template,
 * what code reads. A value that only helps to find another one – a part of a reference by several columns, what a lookup
 * compares, the type word of a generic relation – is held nowhere by that. The key as a whole is in `legacy_id`
 * where that has no `from`.
 */
import type { PlanColumn, PlanEntity } from './plan-file.ts';
import { templateParts } from './template-parts.ts';
import { transformsOf } from './transforms.ts';

export function heldSources({
  columns,
  code,
  key,
}: Pick<PlanEntity, 'columns' | 'code' | 'key'>): Set<string> {
  return new Set([
    ...columns.flatMap((column) => [...heldBy(column), ...(isWholeKey(column) ? key.columns : [])]),
    ...(code ?? []).flatMap(({ reads }) => reads),
  ]);
}

function heldBy(column: PlanColumn): string[] {
  const steps = transformsOf(column);
  const several = steps.some((step) => step.kind === 'reference' && (step.match?.columns.length ?? 1) > 1);
  return [
    ...(column.from === undefined || several ? [] : [column.from]),
    ...steps.flatMap((step) => {
      switch (step.kind) {
        case 'metadata':
          return step.columns;
        case 'template':
          return templateParts(step.text).pieces.map((piece) => piece.column);
        case 'code':
          return step.reads ?? [];
        default:
          return [];
      }
    }),
  ];
}

function isWholeKey({ to, from }: PlanColumn): boolean {
  return to === 'legacy_id' && from === undefined;
}
