/**
 * A source column goes to the notes of the record, or stays behind; whatever column it had goes. A table that was there before
 * may have no column for notes: then it stays behind.
 */
import { transformsOf } from '../transforms.ts';
import { BEHIND_COLUMNS, type ChangeWords, chooseEntity, metadataColumn } from './choose.ts';
import { dropColumn } from './drop-column.ts';
import { type PlanEdit, plain } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';
import { goneWithIt } from './words.ts';

export function putSource(edit: PlanEdit, change: ChangeOf<'put-source'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const { source, reason } = change;
  const metadata = metadataColumn(entity);
  const [step] = metadata ? transformsOf(metadata) : [];
  const notes = metadata && step?.kind === 'metadata' ? { column: metadata.to, step } : null;
  const into = notes ? change.into : 'left-out';
  const own = entity.columns.filter(({ from, to }) => from === source && to !== 'legacy_id');
  const gone = own.flatMap((column) => [`the column ${column.to}`, ...dropColumn(edit, entity, column)]);
  const map = edit.entity(entity.name);
  edit.remove(map, 'leftOut', (item) => (plain(item) as { column?: unknown }).column === source);
  if (notes) {
    const rest = notes.step.columns.filter((name) => name !== source);
    const columns = into === 'notes' ? [...rest, source] : rest;
    edit.set(edit.column(entity.name, notes.column), 'transform', { ...notes.step, columns }, []);
  }
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
