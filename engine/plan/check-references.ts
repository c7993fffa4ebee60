/** Rules over references: the entity exists, its key fits, and the levels let parents come first. */
import type { Table } from '../schema/catalog.ts';
import type { PlanPath, Tell } from './finding.ts';
import { nearest } from './nearest.ts';
import type { PlanEntity, PlanFile, ReferenceMatch } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

const INTEGERS = new Set(['int2', 'int4', 'int8']);

export function checkReferences(
  plan: PlanFile,
  entity: PlanEntity,
  table: Table,
  at: PlanPath,
  tell: Tell,
): void {
  const names = plan.entities.map((item) => item.name);
  entity.columns.forEach((column, i) => {
    const place = [...at, 'columns', i, 'transform'];
    for (const step of transformsOf(column)) {
      if (step.kind !== 'reference' && step.kind !== 'polymorphic') continue;
      const targets = step.kind === 'reference' ? [step.entity] : Object.values(step.entities);
      for (const target of new Set(targets)) {
        const parent = plan.entities.find((item) => item.name === target);
        if (!parent) {
          const meant = nearest(target, names);
          tell(
            place,
            `There is no entity named ${target}.`,
            meant ? `Did you mean ${meant}?` : `Entities: ${names.slice(0, 20).join(', ')}.`,
          );
          continue;
        }
        if (!entity.deferred.includes(column.to)) checkOrder(entity, parent, place, tell);
        if (step.kind === 'reference' && step.match) checkMatch(step.match, parent, place, tell);
        else checkKeys(column.from, table, parent, place, tell);
      }
    }
  });
}

function checkOrder(entity: PlanEntity, parent: PlanEntity, place: PlanPath, tell: Tell): void {
  if (parent.name === entity.name) {
    tell(
      place,
      `${entity.name} refers to itself, so its parents may come later.`,
      'Add the column to deferred.',
    );
  } else if (parent.level >= entity.level) {
    tell(
      place,
      `${parent.name} (level ${parent.level}) is loaded no earlier than ${entity.name} (level ${entity.level}).`,
      `Give ${entity.name} a level above ${parent.level}, or add the column to deferred.`,
    );
  }
}

/** The source finds the parent: as many columns on either side, and a parent that is known by a key. */
function checkMatch(match: ReferenceMatch, parent: PlanEntity, place: PlanPath, tell: Tell): void {
  if (match.columns.length !== match.parentColumns.length) {
    tell(
      place,
      `${match.columns.length} columns cannot equal ${match.parentColumns.length}.`,
      'Name as many columns as parentColumns.',
    );
  }
  if (parent.key.kind === 'none')
    tell(
      place,
      `${parent.name} has no key, so nothing can point at its rows.`,
      'Copy the values instead, or choose a key for the parent.',
    );
}

function checkKeys(
  from: string | undefined,
  table: Table,
  parent: PlanEntity,
  place: PlanPath,
  tell: Tell,
): void {
  const type = table.columns.find((column) => column.name === from)?.type;
  if (!type) return;
  if (parent.key.kind === 'composite' || parent.key.kind === 'none') {
    tell(
      place,
      `${parent.name} is not known by one column, so one column cannot point at it.`,
      'Copy the value instead, or choose another key for the parent.',
    );
    return;
  }
  const storage = type.kind === 'domain' ? type.of : type.name;
  if (
    parent.key.kind === 'integer' &&
    !INTEGERS.has(storage ?? '') &&
    !['numeric', 'text', 'varchar'].includes(storage ?? '')
  ) {
    tell(
      place,
      `${from} is ${type.sql}, but ${parent.name} is known by whole numbers.`,
      'Point at another entity, or copy the value.',
    );
  }
}
