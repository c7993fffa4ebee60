/** A source column goes to the notes of the record, or stays behind; whatever column it had goes. */
import { transformsOf } from '../transforms.ts';
import { BEHIND_COLUMNS, type ChangeWords, chooseEntity, metadataColumn, refused } from './choose.ts';
import { dropColumn } from './drop-column.ts';
import { type PlanEdit, plain } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';
import { goneWithIt } from './words.ts';

export function putSource(edit: PlanEdit, change: ChangeOf<'put-source'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const { source, into, reason } = change;
  const metadata = metadataColumn(entity);
  const [step] = metadata ? transformsOf(metadata) : [];
  if (!metadata || step?.kind !== 'metadata')
    throw refused(`${entity.name} has no column for notes.`, 'Give the old column a column of its own.');
  const own = entity.columns.filter(({ from, to }) => from === source && to !== 'legacy_id');
  const gone = own.flatMap((column) => [`the column ${column.to}`, ...dropColumn(edit, entity, column)]);
  const map = edit.entity(entity.name);
  edit.remove(map, 'leftOut', (item) => (plain(item) as { column?: unknown }).column === source);
  const rest = step.columns.filter((name) => name !== source);
  const columns = into === 'notes' ? [...rest, source] : rest;
  edit.set(edit.column(entity.name, metadata.to), 'transform', { ...step, columns }, []);
  if (into === 'left-out')
    edit
      .list(map, 'leftOut', BEHIND_COLUMNS)
      .add(edit.document.createNode({ column: source, reason }, { flow: true }));
  const left = entity.leftOut.some(({ column }) => column === source);
  return {
    before: `${source} of ${entity.name} ${left ? 'stays behind' : own.length > 0 ? 'has a column' : 'goes to the notes'}.`,
    after: `${source} of ${entity.name} ${into === 'notes' ? 'goes to the notes of the record' : `stays behind: ${reason}`}.${goneWithIt(gone)}`,
  };
}
