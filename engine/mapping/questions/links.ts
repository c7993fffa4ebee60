/** Links that no rule of the old database declares: guessed from names and values, and wrong ones empty a field. */
import type { EntityReference } from '../../plan/entity-references.ts';
import type { EntityOutline } from '../../plan/outline.ts';
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import type { PlanQuestion } from '../../plan/questions.ts';
import { suggestType } from '../suggest-type.ts';
import { holdColumn, isBound } from './hold-column.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

/** Below this, each is asked about by itself, and has to be answered. */
const SURE = 0.75;

export function askAboutLinks(plan: SuggestedPlan, ask: Ask): void {
  const outlines = new Map(plan.outline.entities.map((entity) => [entity.name, entity]));
  for (const entity of plan.entities) {
    const outline = outlines.get(entity.name)!;
    for (const reference of outline.references) {
      const column = entity.columns.find(({ from, to }) => from === reference.column && to !== 'legacy_id');
      if (reference.kind !== 'inferred' || !column || isBound(entity, column)) continue;
      const asValue = plainValue(plan, outline, entity, column);
      if (asValue) askOne({ entity, column, reference, asValue }, ask);
    }
  }
}

interface Link {
  readonly entity: PlanEntity;
  readonly column: PlanColumn;
  readonly reference: EntityReference;
  readonly asValue: PlanQuestion['choices'][number]['changes'];
}

function askOne({ entity, column, reference, asValue }: Link, ask: Ask): void {
  const parent = reference.entities[0]!;
  const sure = reference.confidence >= SURE;
  const lost =
    reference.nullable === true
      ? 'the link is empty and the old number stays in the notes'
      : 'the record is set aside';
  const shared = {
    about: { entity: entity.name, column: column.to },
    why: `No rule of the old database says so; ${reference.reason}. As a link it leads to the record in the new system, and where a number leads nowhere ${lost}.`,
    required: !sure,
    choices: [
      {
        text: sure ? 'Yes, they are links' : `Yes, it points at ${parent}`,
        changes: [holdColumn(entity, column)],
      },
      { text: 'No, keep the plain old values', changes: asValue },
    ],
    recommended: 0,
  };
  const text = `${entity.name}.${column.from} looks like a link to ${parent}. Is it one?`;
  ask({
    ...shared,
    text,
    ...(sure
      ? {
          together: {
            key: 'links',
            subject: `${entity.name}.${column.from} to ${parent}`,
            text: (subjects: readonly string[]) =>
              `${count(subjects.length, 'field')} look like links that no rule of the old database declares: ${someOf(subjects)}. Are they?`,
          },
        }
      : {}),
  });
}

/** The same column with the old value; null where its type cannot be kept. */
function plainValue(
  { catalog, timeZone }: SuggestedPlan,
  { table }: EntityOutline,
  entity: PlanEntity,
  column: PlanColumn,
): Link['asValue'] | null {
  const source = table.columns.find(({ name }) => name === column.from);
  const type = source ? suggestType(source, catalog, timeZone) : null;
  if (!source || type?.kind !== 'column') return null;
  const { reason: _reason, transform: _transform, ...rest } = column;
  return [
    {
      kind: 'put-column',
      entity: entity.name,
      column: {
        ...rest,
        type: type.type,
        transform: type.transform,
        confidence: 0.95,
        reason: 'a plain old value, as was answered',
      },
    },
  ];
}
