/** Pairs that name any record of any table: nothing in the old database kept them right, so some lead nowhere. */
import type { EntityReference } from '../../plan/entity-references.ts';
import type { PlanColumn, PlanEntity } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { leadsNowhere } from '../suggest-entity.ts';
import { holdColumn } from './hold-column.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

export function askAboutGenericLinks({ entities, outline }: SuggestedPlan, ask: Ask): void {
  const outlines = new Map(outline.entities.map((entity) => [entity.name, entity]));
  for (const entity of entities)
    for (const { column: from, generic } of outlines.get(entity.name)?.references ?? []) {
      const column = entity.columns.find((item) => item.from === from && kindOf(item) === 'polymorphic');
      if (generic && leadsNowhere(generic) && column) askOne(entity, column, generic, ask);
    }
}

function askOne(
  entity: PlanEntity,
  column: PlanColumn,
  generic: NonNullable<EntityReference['generic']>,
  ask: Ask,
): void {
  const [step] = transformsOf(column);
  if (step?.kind !== 'polymorphic') return;
  const subject = `${entity.name}.${column.to}`;
  ask({
    about: { entity: entity.name, column: column.to },
    text: `Some rows point, in ${subject}, at a record that is not there${kindsOf(generic)}. What should become of them?`,
    why: 'The old database never checked these links. With an empty link the row moves, and the old kind and number stay in its notes; set aside, the whole row waits for somebody to look at it.',
    required: false,
    choices: [
      {
        text: 'Move them with an empty link, the old one in the notes',
        changes: [holdColumn(entity, column)],
      },
      {
        text: 'Set them aside',
        changes: [
          {
            kind: 'put-column',
            entity: entity.name,
            column: { ...column, transform: { ...step, onMissing: 'quarantine' } },
          },
        ],
      },
    ],
    recommended: 0,
    together: {
      key: 'generic-links',
      subject,
      text: (subjects) =>
        `In ${count(subjects.length, 'field')} some rows point at a record that is not there: ${someOf(subjects)}. What should become of them?`,
    },
  });
}

function kindsOf({ others }: NonNullable<EntityReference['generic']>): string {
  const kinds = Object.values(others);
  return kinds.length === 0 ? '' : `, or of a kind that is not moved (${someOf(kinds)})`;
}

function kindOf(column: PlanColumn): string | undefined {
  return transformsOf(column)[0]?.kind;
}
