/** Another name for a column of a new table, carried into its keys, indexes and checks. */
import { isMap, isSeq } from 'yaml';
import { ownCode } from '../code-units.ts';
import { MOST_BYTES } from '../identifier.ts';
import { AFTER_TYPE, type ChangeWords, chooseEntity, chooseOwnColumn, refused } from './choose.ts';
import { refuseWrittenTogether } from './drop-column.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import { namesIn, renameIn } from './expression-names.ts';
import type { ChangeOf } from './plan-change.ts';

const RESERVED = new Set(['id', 'legacy_id', 'metadata', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax', 'ctid']);

export function renameColumn(edit: PlanEdit, change: ChangeOf<'rename-column'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const column = chooseOwnColumn(entity, change.column);
  const { to: old } = column;
  refuseWrittenTogether(entity, old);
  if (ownCode(column))
    throw refused(
      `${old} of ${entity.name} is worked out by code, which gives it under that name.`,
      'Change the name and the code in the plan file, together.',
    );
  const to = change.to.trim();
  if (to !== old) refuseName(to, entity.name, new Set(entity.columns.map((column) => column.to)));
  const map = edit.entity(entity.name);
  edit.set(edit.column(entity.name, old), 'to', to, AFTER_TYPE);
  renameItems(map.get('deferred'), old, to);
  for (const key of ['uniques', 'indexes']) {
    const list = map.get(key);
    if (isSeq(list))
      for (const item of list.items) if (isMap(item)) renameItems(item.get('columns'), old, to);
  }
  const checks = map.get('checks');
  for (const item of isSeq(checks) ? checks.items : []) {
    const expression = isMap(item) ? item.get('expression') : undefined;
    if (isMap(item) && typeof expression === 'string' && namesIn(expression, [old]).length > 0)
      item.set('expression', renameIn(expression, old, to));
  }
  return {
    before: `The column of ${entity.name} is called ${old}.`,
    after: `The column of ${entity.name} is called ${to}.`,
  };
}

function renameItems(list: unknown, old: string, to: string): void {
  if (!isSeq(list)) return;
  list.items.forEach((item, i) => {
    const value = item !== null && typeof item === 'object' && 'value' in item ? item.value : item;
    if (value === old) list.set(i, to);
  });
}

/** @throws MigrationError CHANGE_REFUSED */
export function refuseName(to: string, entity: string, taken: ReadonlySet<string>): void {
  if (taken.has(to)) throw refused(`${entity} has a column ${to} already.`, 'Choose another name.');
  if (RESERVED.has(to)) throw refused(`The name ${to} is reserved.`, 'Choose another name.');
  if (!/^[a-z_][a-z0-9_]*$/.test(to) || Buffer.byteLength(to) > MOST_BYTES)
    throw refused(
      'A column’s name is lower case letters, digits and underscores, and begins with a letter.',
      `It has at most ${MOST_BYTES} characters, for example ${
        to
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '_')
          .replace(/^_+|_+$/g, '')
          .slice(0, 30) || 'new_name'
      }.`,
    );
}
