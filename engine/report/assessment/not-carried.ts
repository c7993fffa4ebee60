/** What no copy of rows carries over, kind by kind, with what to do instead; and columns that get no column. */

import type { PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { displayName } from '../../schema/table-key.ts';
import type { NotCarried } from './assessment.ts';

export function notCarried(catalog: Catalog, plan: PlanFile | null): NotCarried[] {
  const groups = Map.groupBy(catalog.objects ?? [], ({ kind, fate, reason }) => `${fate} ${kind} ${reason}`);
  const objects = [...groups.values()].map((items): NotCarried => {
    const [{ kind, fate, reason }] = items as [(typeof items)[0], ...typeof items];
    return {
      kind,
      fate,
      alternative: reason,
      count: items.length,
      names: items.map(({ schema, name, table }) =>
        table ? `${displayName(table)}.${name}` : schema === null ? name : displayName({ schema, name }),
      ),
    };
  });
  return [...columns(plan), ...objects].sort(
    (a, b) => Number(a.fate === 'replaced') - Number(b.fate === 'replaced') || b.count - a.count,
  );
}

/** Columns that end in the notes of each record, and columns that end nowhere. */
function columns(plan: PlanFile | null): NotCarried[] {
  const entities = plan?.entities ?? [];
  const inNotes = entities.flatMap((entity) =>
    entity.columns.flatMap((column) =>
      transformsOf(column).flatMap((step) =>
        step.kind === 'metadata' ? step.columns.map((name) => `${entity.name}.${name}`) : [],
      ),
    ),
  );
  const nowhere = entities.flatMap(({ name, leftOut }) =>
    leftOut.map(({ column, reason }) => ({ name: `${name}.${column}`, reason })),
  );
  const notes: NotCarried = {
    kind: 'column',
    fate: 'left',
    count: inNotes.length,
    names: inNotes,
    alternative:
      'they have no column of their own; their text stands in the metadata of each record, and a column can be given them in the plan',
  };
  const left = [...Map.groupBy(nowhere, ({ reason }) => reason)].map(
    ([reason, items]): NotCarried => ({
      kind: 'column',
      fate: 'left',
      count: items.length,
      names: items.map(({ name }) => name),
      alternative: reason,
    }),
  );
  return [...(inNotes.length > 0 ? [notes] : []), ...left];
}
