/**
 * Old columns whose values stand in a new one besides its own `from`: the parts of a template, and what is looked up,
 * of which only the name is known here. Who hides personal values has to ask.
 */
import type { PlanColumn } from './plan-file.ts';
import { templateParts } from './template-parts.ts';
import { transformsOf } from './transforms.ts';

export function shownBesides(column: Pick<PlanColumn, 'transform'>): string[] {
  return transformsOf(column).flatMap((step) => {
    if (step.kind === 'template') return templateParts(step.text).pieces.map((piece) => piece.column);
    return step.kind === 'lookup' ? [step.column] : [];
  });
}
