/** What may go wrong, in words for the people who sign the plan. */
import type { PlanOutline } from './outline.ts';
import { passwordsLeftOut } from './passwords.ts';
import type { PlanEntity, PlanFile } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

type Risk = PlanFile['risks'][number];

export function risksOf(outline: PlanOutline, entities: readonly PlanEntity[]): Risk[] {
  return [
    ...outline.rings.map(
      (ring): Risk => ({
        severity: 'low',
        text: `${listed(ring.entities)} refer to each other in a ring; ${listed(ring.brokenAt)} is settled in a second pass.`,
      }),
    ),
    ...named(
      entities.filter((entity) => entity.key.kind === 'none'),
      'medium',
      (names, count) =>
        `${names} ${count === 1 ? 'has' : 'have'} no key: rows are known by their content, and a row that changes while the move runs looks like a new one.`,
    ),
    ...named(
      outline.entities.filter((entity) =>
        entity.references.some((reference) => reference.kind === 'inferred'),
      ),
      'medium',
      (names) =>
        `Some references of ${names} were never declared: rows that point nowhere are set aside, or lose the reference where it may be empty.`,
    ),
    ...named(
      outline.entities.filter((entity) => entity.notCarried.length > 0),
      'medium',
      (names) =>
        `Some references of ${names} are kept as their old values, because what they point at is not moved or not by its key.`,
    ),
    ...named(
      entities.filter((entity) => entity.columns.some((column) => kinds(column).includes('time-zone'))),
      'low',
      (names, count) =>
        `${count > 5 ? `${count} entities have` : `${names} have`} times without a zone. They are read as the zone in the plan's settings; if the old system ran on another clock, every time is off by hours.`,
    ),
    ...named(
      entities.filter((entity) =>
        entity.columns.some((column) => column.type.startsWith('numeric') && kinds(column).includes('money')),
      ),
      'medium',
      (names) =>
        `Amounts in ${names} have no fixed number of digits in the old system: those with more than the plan keeps are set aside.`,
    ),
    ...named(
      entities.filter((entity) => passwordsLeftOut(entity).length > 0),
      'medium',
      (names) =>
        `Passwords of ${names} do not move with the table: people keep them only through the users step.`,
    ),
    ...named(
      entities.filter((entity) => entity.estimatedRows > 1_000_000),
      'low',
      (names) => `${names} are large and take most of the time.`,
    ),
    ...named(
      outline.entities.filter((entity) => entity.table.rowSecurity),
      'high',
      (names) => `Row-level security on ${names} may hide rows from the user who reads the old system.`,
    ),
  ];
}

function named(
  entities: readonly { readonly name: string }[],
  severity: Risk['severity'],
  text: (names: string, count: number) => string,
): Risk[] {
  if (entities.length === 0) return [];
  return [{ severity, text: text(listed(entities.map((entity) => entity.name)), entities.length) }];
}

/** `a, b and c`; long lists are cut. */
function listed(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function kinds(column: PlanEntity['columns'][number]): string[] {
  return transformsOf(column).map((step) => step.kind);
}
