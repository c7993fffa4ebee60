/** Changes of single columns: how they move, what they are called, whether they move at all. */
import { withoutValues } from '../../core/redaction.ts';
import { hasPlaceholder } from '../has-placeholder.ts';
import type { PlanColumn, PlanEntity } from '../plan-file.ts';
import { transformWords } from '../transform-words.ts';
import { transformsOf } from '../transforms.ts';
import {
  AFTER_TRANSFORM,
  AFTER_TYPE,
  type ChangeWords,
  chooseEntity,
  chooseOwnColumn,
  metadataColumn,
  refused,
} from './choose.ts';
import { dropColumn, keepInMetadata, leaveOutSource } from './drop-column.ts';
import type { PlanEdit } from './edit-plan-text.ts';
import type { ChangeOf } from './plan-change.ts';
import { goneWithIt } from './words.ts';

export function leaveOutColumn(edit: PlanEdit, change: ChangeOf<'leave-out-column'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const left = entity.leftOut.find(({ column }) => column === change.column.trim());
  const noColumn = !entity.columns.some(({ to }) => to === change.column.trim());
  if (left && noColumn) {
    const told = `${left.column} of ${entity.name} is left out: ${withoutValues(left.reason)}`;
    return { before: told, after: told };
  }
  const inNotes = noColumn ? notesWith(entity, change.column.trim()) : null;
  if (inNotes !== null) return leaveOutOfNotes(edit, entity, inNotes, change);
  const column = chooseOwnColumn(entity, change.column);
  const gone = dropColumn(edit, entity, column);
  leaveOutSource(edit, entity, column, change.reason);
  return {
    before: moves(entity, column),
    after: `${column.to} of ${entity.name} is left out: ${change.reason}.${goneWithIt(gone)}`,
  };
}

export function reviewSuggestion(edit: PlanEdit, change: ChangeOf<'review-suggestion'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  if (change.decision === 'reject' && notesWith(entity, change.column.trim()) !== null) {
    const told = `${change.column.trim()} of ${entity.name} goes to the notes of the record.`;
    return { before: told, after: told };
  }
  const column = chooseOwnColumn(entity, change.column);
  const before = `${moves(entity, column)} It is ${Math.round(column.confidence * 100)} % sure.`;
  if (change.decision === 'accept') {
    edit.set(edit.column(entity.name, column.to), 'confidence', 1, AFTER_TRANSFORM);
    return { before, after: `${moves(entity, column)} A person accepted it.` };
  }
  if (column.from === undefined) {
    throw refused(
      `${column.to} of ${entity.name} comes from no old column, so there is nothing to keep in the notes.`,
      'Leave the column out instead.',
    );
  }
  const gone = dropColumn(edit, entity, column);
  keepInMetadata(edit, entity, column, metadataColumn(entity));
  return {
    before,
    after: `${column.to} of ${entity.name} gets no column; its old value goes to the notes of the record.${goneWithIt(gone)}`,
  };
}

export function setMisfitPolicy(edit: PlanEdit, change: ChangeOf<'set-misfit-policy'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const column = chooseOwnColumn(entity, change.column);
  const { onMisfit } = change;
  if (onMisfit === 'null' && !column.nullable)
    throw refused(
      `${column.to} of ${entity.name} must not be empty, so a value that does not fit cannot be emptied.`,
      'Set the record aside, or use a standard value.',
    );
  if (onMisfit === 'default' && column.default === undefined)
    throw refused(
      `${column.to} of ${entity.name} has no standard value.`,
      'Write one into the plan file as default, or set the record aside.',
    );
  const pointing = transformsOf(column).some(({ kind }) => POINTING.has(kind));
  if (onMisfit !== 'quarantine' && pointing)
    throw refused(
      `${column.to} of ${entity.name} points at other records or is made by the move, so no value of it can fail to fit.`,
      'Say instead what happens where the record it points at is missing.',
    );
  if (onMisfit === 'placeholder' && !hasPlaceholder(column))
    throw refused(
      `There is no placeholder for ${column.to} of ${entity.name}, which is no text.`,
      'Set the record aside, or empty the field.',
    );
  edit.set(
    edit.column(entity.name, column.to),
    'onMisfit',
    onMisfit === 'quarantine' ? undefined : onMisfit,
    AFTER_TRANSFORM,
  );
  const told = (policy: PlanColumn['onMisfit']) =>
    `A value of ${column.to} of ${entity.name} that does not fit ${MISFIT[policy]}.`;
  return { before: told(column.onMisfit), after: told(onMisfit) };
}

const POINTING = new Set(['uuid', 'reference', 'polymorphic', 'metadata']);

const MISFIT: Readonly<Record<PlanColumn['onMisfit'], string>> = {
  quarantine: 'sets its record aside',
  null: 'is emptied, and kept in the notes of the record',
  placeholder: 'is replaced by a placeholder, and kept in the notes of the record',
  default: 'is replaced by the standard value, and kept in the notes of the record',
};

export function setMissingPolicy(edit: PlanEdit, change: ChangeOf<'set-missing-policy'>): ChangeWords {
  const entity = chooseEntity(edit.plan, change.entity);
  const column = chooseOwnColumn(entity, change.column);
  const [step] = transformsOf(column);
  if (step?.kind !== 'reference' && step?.kind !== 'polymorphic')
    throw refused(`${column.to} of ${entity.name} points at no other record.`, 'Choose a column that does.');
  if (change.onMissing === 'null' && !column.nullable)
    throw refused(
      `${column.to} of ${entity.name} must not be empty, so a link to nowhere cannot be emptied.`,
      'Records whose link leads nowhere are set aside.',
    );
  const { onMissing: now, ...rest } = step;
  const next = change.onMissing === 'quarantine' ? rest : { ...rest, onMissing: change.onMissing };
  if (now !== change.onMissing) edit.set(edit.column(entity.name, column.to), 'transform', next, AFTER_TYPE);
  const told = (policy: 'quarantine' | 'null') =>
    policy === 'null'
      ? `Where ${column.to} of ${entity.name} points nowhere, the field is emptied and the old number kept in the notes.`
      : `Where ${column.to} of ${entity.name} points nowhere, the record is set aside.`;
  return { before: told(now), after: told(change.onMissing) };
}

/** Its metadata column where the source column stands in that one. */
function notesWith(entity: PlanEntity, source: string): PlanColumn | null {
  const metadata = metadataColumn(entity);
  const [step] = metadata === undefined ? [] : transformsOf(metadata);
  return step?.kind === 'metadata' && step.columns.includes(source) ? metadata! : null;
}

function leaveOutOfNotes(
  edit: PlanEdit,
  entity: PlanEntity,
  metadata: PlanColumn,
  { column, reason }: ChangeOf<'leave-out-column'>,
): ChangeWords {
  const source = column.trim();
  const [step] = transformsOf(metadata);
  if (step?.kind === 'metadata') {
    const columns = step.columns.filter((name) => name !== source);
    edit.set(edit.column(entity.name, metadata.to), 'transform', { ...step, columns }, AFTER_TYPE);
  }
  leaveOutSource(
    edit,
    { ...entity, columns: entity.columns.filter(({ to }) => to !== metadata.to) },
    { ...metadata, from: source },
    reason,
  );
  return {
    before: `${source} of ${entity.name} goes to the notes of the record.`,
    after: `${source} of ${entity.name} is left out: ${reason}.`,
  };
}

export function moves(entity: PlanEntity, column: PlanColumn): string {
  const from = column.from === undefined || column.from === column.to ? '' : ` (from ${column.from})`;
  return `${column.to}${from} of ${entity.name} ${transformWords(transformsOf(column))}.`;
}
