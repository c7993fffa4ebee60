/**
 * Another old column for a column of the new table. What it came from so far is not lost: unless something else holds it, it
 * goes to the notes of the record, or stays behind with the reason where there are none. All else of the column stays.
 */
import { heldSources } from '../held-sources.ts';
import type { PlanColumn, PlanEntity, Transform } from '../plan-file.ts';
import { transformsOf } from '../transforms.ts';
import { moves } from './change-columns.ts';
import {
  AFTER_TRANSFORM,
  BEHIND_COLUMNS,
  type ChangeWords,
  chooseEntity,
  chooseOwnColumn,
  metadataColumn,
  refused,
} from './choose.ts';
import { refuseWrittenTogether } from './drop-column.ts';
import { type PlanEdit, plain } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';
import { CHOSEN } from './set-column.ts';

/** Which old columns they read is said in them as well. */
const READ_MORE = new Set<Transform['kind']>(['template', 'code', 'polymorphic', 'lookup']);

export function setSource(edit: PlanEdit, change: ChangeOf<'set-source'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const column = chooseOwnColumn(entity, change.column);
  const from = change.from.trim();
  const before = moves(entity, column);
  if (column.from === from) return { before, after: before };
  refuseWrittenTogether(entity, column.to);
  refuseSeveral(entity, column);
  const node = edit.column(entity.name, column.to);
  edit.set(node, 'from', from, ['to']);
  edit.set(node, 'confidence', CHOSEN, AFTER_TRANSFORM);
  edit.set(node, 'reason', change.reason, [...AFTER_TRANSFORM, 'confidence']);
  const next = { ...column, from };
  const kept = keepOld(edit, entity, { old: column, next, reason: change.reason });
  return { before, after: `${moves(entity, next)}${kept}` };
}

function refuseSeveral(entity: PlanEntity, column: PlanColumn): void {
  const where = `${column.to} of ${entity.name}`;
  const steps = transformsOf(column);
  if (column.from === undefined)
    throw refused(`${where} comes from no single old column.`, 'Choose another way for its values instead.');
  if (
    steps.some((step) => READ_MORE.has(step.kind) || (step.kind === 'reference' && step.match !== undefined))
  )
    throw refused(
      `${where} reads several old columns, which are named together.`,
      'Change them in the plan file, together.',
    );
}

interface Replaced {
  readonly old: PlanColumn;
  readonly next: PlanColumn;
  readonly reason: string;
}

/** The new one is neither left out nor in the notes any more; the old one is, where nothing else holds it. */
function keepOld(edit: PlanEdit, entity: PlanEntity, { old, next, reason }: Replaced): string {
  const columns = entity.columns.map((column) => (column === old ? next : column));
  const source = old.from!;
  const isFree = !entity.key.columns.includes(source) && !heldSources({ ...entity, columns }).has(source);
  const map = edit.entity(entity.name);
  edit.remove(map, 'leftOut', (item) => (plain(item) as { column?: unknown }).column === next.from);
  const notes = metadataColumn(entity);
  const [step] = notes === undefined ? [] : transformsOf(notes);
  if (notes !== undefined && step?.kind === 'metadata') {
    const rest = step.columns.filter((name) => name !== next.from);
    const listed = isFree ? [...rest, source] : rest;
    edit.set(edit.column(entity.name, notes.to), 'transform', { ...step, columns: listed }, []);
    return isFree ? ` ${source} goes to the notes of the record.` : '';
  }
  if (!isFree) return '';
  edit
    .list(map, 'leftOut', BEHIND_COLUMNS)
    .add(edit.document.createNode({ column: source, reason }, { flow: true }));
  return ` ${source} is left out: ${reason}.`;
}
