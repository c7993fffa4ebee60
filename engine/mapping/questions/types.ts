/** Types whose nearest kin of the new system keeps a little less: JSON as text keeps everything, but cannot be searched. */
import { transformsOf } from '../../plan/transforms.ts';
import { holdColumn, isBound } from './hold-column.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

export function askAboutTypes({ entities, outline }: SuggestedPlan, ask: Ask): void {
  const tables = new Map(outline.entities.map(({ name, table }) => [name, table]));
  for (const entity of entities)
    for (const column of entity.columns) {
      const source = tables.get(entity.name)?.columns.find(({ name }) => name === column.from);
      const becomesJsonb =
        transformsOf(column).some(({ kind }) => kind === 'json') && column.type === 'jsonb';
      if (source?.type.name !== 'json' || !becomesJsonb || isBound(entity, column)) continue;
      const name = `${entity.name}.${column.to}`;
      ask({
        about: { entity: entity.name, column: column.to },
        text: `${name} holds structured text (JSON). Should it become the form that can be searched?`,
        why: 'The form that can be searched keeps neither the order of its parts nor a part that stands twice. Programs rarely need either. As plain text everything stays, letter for letter.',
        required: true,
        choices: [
          { text: 'Yes, the form that can be searched', changes: [holdColumn(entity, column)] },
          {
            text: 'No, keep the text letter for letter',
            changes: [
              {
                kind: 'put-column',
                entity: entity.name,
                column: {
                  ...column,
                  type: 'text',
                  transform: { kind: 'cast' },
                  confidence: 0.95,
                  reason: 'the text letter for letter, as was answered',
                },
              },
            ],
          },
        ],
        recommended: 0,
        together: {
          key: 'json',
          subject: name,
          text: (subjects) =>
            `${count(subjects.length, 'field')} hold structured text (JSON): ${someOf(subjects)}. Should they become the form that can be searched?`,
        },
      });
    }
}
