/** Rules over rows that are the same on both sides: the table is there, and the columns that tell it are moved as values. */
import { createsTable } from './creates-table.ts';
import type { PlanPath, Tell } from './finding.ts';
import { nearest } from './nearest.ts';
import type { PlanEntity, PlanFile } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

/** Values that nobody in the new system could have as well. */
const OWN_VALUES = new Set(['uuid', 'metadata', 'code', 'polymorphic']);

export function checkMerge(plan: PlanFile, entity: PlanEntity, at: PlanPath, tell: Tell): void {
  const { merge, target } = entity;
  const created = createsTable(plan, entity);
  if (target.triggers !== undefined && created)
    tell([...at, 'target', 'triggers'], 'A table that Towpath makes has no triggers.', 'Take triggers out.');
  if (merge === undefined) return;
  if (created)
    tell(
      [...at, 'merge'],
      `${target.table} is made by Towpath, so none of its rows is there before.`,
      'Take merge out, or set target.create: false.',
    );
  merge.by.forEach((name, i) => {
    const place = [...at, 'merge', 'by', i];
    const column = entity.columns.find(({ to }) => to === name);
    if (!column) {
      const meant = nearest(
        name,
        entity.columns.map(({ to }) => to),
      );
      tell(
        place,
        `${entity.name} moves no column ${name}.`,
        meant ? `Did you mean ${meant}?` : 'Take it out.',
      );
    } else if (transformsOf(column).some(({ kind }) => OWN_VALUES.has(kind)))
      tell(
        place,
        `${name} is made by the move itself, so no row can be known by it.`,
        'Name a column that people know a row by.',
      );
    else if (entity.deferred.includes(name))
      tell(
        place,
        `${name} is settled in a second pass, which is too late to know a row by it.`,
        'Name another column.',
      );
  });
}
