/** Numbers that stand for something nobody wrote down: kept as numbers unless somebody says otherwise. */
import type { Column } from '../../schema/catalog.ts';
import { isUnexplainedCode } from '../suggest-choices.ts';
import { holdColumn, isBound } from './hold-column.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

export function askAboutCodes({ entities, outline }: SuggestedPlan, ask: Ask): void {
  const tables = new Map(outline.entities.map(({ name, table }) => [name, table]));
  for (const entity of entities) {
    const sources = new Map<string, Column>(
      (tables.get(entity.name)?.columns ?? []).map((column) => [column.name, column]),
    );
    for (const column of entity.columns) {
      const source = column.from === undefined ? undefined : sources.get(column.from);
      const isPlain = !Array.isArray(column.transform) && column.transform.kind === 'copy';
      if (!source || !isPlain || !isUnexplainedCode(source) || isBound(entity, column)) continue;
      const name = `${entity.name}.${column.to}`;
      ask({
        about: { entity: entity.name, column: column.to },
        text: `The numbers in ${name} seem to stand for words that nobody wrote down. What should become of them?`,
        why: 'No comment in the old database says what they mean. As numbers nothing is lost; words can be given later, in the plan file, as a choice.',
        required: false,
        choices: [
          { text: 'Keep the numbers', changes: [holdColumn(entity, column)] },
          {
            text: 'Only in the notes of each record',
            changes: [
              {
                kind: 'put-source',
                entity: entity.name,
                source: source.name,
                into: 'notes',
                reason: 'a code that nobody explained',
              },
            ],
          },
        ],
        recommended: 0,
        together: {
          key: 'codes',
          subject: name,
          text: (subjects) =>
            `The numbers in ${count(subjects.length, 'field')} seem to stand for words that nobody wrote down: ${someOf(subjects)}. What should become of them?`,
        },
      });
    }
  }
}
