/** Where a field goes, whatever table it stands in: found by its old name or its new one, also where it stays behind. */
import { shownText } from '../../engine/core/shown-text.ts';
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import { countOf, entityWords } from '../../engine/report/words.ts';
import type { FoundField, FoundFields } from '../shapes/plan.ts';

const MOST = 20;

/** Every word of what is looked for must stand in one of the names. */
export function foundFieldsOf({ entities }: Pick<PlanFile, 'entities'>, find: string): FoundFields {
  const words = find.toLowerCase().split(/\s+/);
  const all = entities.flatMap((entity) =>
    fieldsOf(entity).filter(({ to, from }) => {
      const names = [to, from].map((name) => name ?? '').flatMap((name) => [name, name.replaceAll('_', ' ')]);
      return words.every((word) => names.some((name) => name.toLowerCase().includes(word)));
    }),
  );
  return {
    words:
      all.length === 0 ? 'No field is called anything like that.' : `${countOf(all.length, 'field')} found.`,
    data: { total: all.length, fields: all.slice(0, MOST) },
    choices: [],
  };
}

function fieldsOf({ name, columns, leftOut }: PlanEntity): FoundField[] {
  const of = { entity: name, title: entityWords(name) };
  const shown = (column: string) => shownText(column, 70);
  return [
    ...columns.map((column) => ({
      ...{ ...of, to: shown(column.to), from: column.from === undefined ? null : shown(column.from) },
      stays: 'field' as const,
    })),
    ...columns.flatMap((column) =>
      notedIn(column).map((from) => ({
        ...of,
        to: shown(column.to),
        from: shown(from),
        stays: 'notes' as const,
      })),
    ),
    ...leftOut.map(({ column }) => ({ ...of, to: null, from: shown(column), stays: 'behind' as const })),
  ];
}

/** Old columns that are kept together, without a field of their own. */
function notedIn(column: PlanEntity['columns'][number]): readonly string[] {
  return transformsOf(column).flatMap((step) => (step.kind === 'metadata' ? step.columns : []));
}
