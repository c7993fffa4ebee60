/**
 * One edit of a plan's text. Promise: the result is a plan again, nothing refers to what is gone, what was not asked for
 * stays as it was written; or the change is refused with words and there is no result. Pure: files are the caller's.
 */
import { MigrationError } from '../../core/errors.ts';
import { hashOf } from '../../schema/canonical-json.ts';
import { readPlan } from '../plan-document.ts';
import { type PlanFile, planFile } from '../plan-file.ts';
import { leaveOutColumn, reviewSuggestion, setMisfitPolicy, setMissingPolicy } from './change-columns.ts';
import { setDedupe, setEntity, setFilter, setMerge } from './change-entities.ts';
import type { ChangeWords } from './choose.ts';
import { editPlanText, type PlanEdit } from './edit-plan-text.ts';
import { excludeEntity } from './exclude-entity.ts';
import type { PlanChange } from './plan-change.ts';
import { putColumn } from './put-column.ts';
import { putSource } from './put-source.ts';
import { renameColumn } from './rename-column.ts';
import { setCode } from './set-code.ts';
import { setColumn } from './set-column.ts';
import { setSource } from './set-source.ts';
import { setTimeZone } from './set-time-zone.ts';
import { leaveOutTable, type ProposeEntity, takeInTable } from './take-in-table.ts';

export interface ChangedPlan extends ChangeWords {
  /** The same text where nothing changed. */
  readonly text: string;
  /** False: the plan already said so. */
  readonly changed: boolean;
}

/**
 * @throws MigrationError UNKNOWN_ENTITY, UNKNOWN_COLUMN, AMBIGUOUS_NAME, CHANGE_REFUSED; PLAN_INVALID where the text is no
 * plan to begin with
 */
export function changePlan(text: string, change: PlanChange, propose?: ProposeEntity): ChangedPlan {
  let words: ChangeWords = { before: '', after: '' };
  const result = editText(text, propose, (opened) => {
    words = opened.change(change);
  });
  return { text: result, changed: result !== text, ...words };
}

/** A plan's text in the middle of several changes, each upon the one before. */
export interface OpenedPlan {
  readonly edit: PlanEdit;
  /** As it is now. */
  plan(): PlanFile;
  change(change: PlanChange): ChangeWords;
}

/** All that `work` does, or nothing of it. The same text where nothing changed. */
export function editText(
  text: string,
  propose: ProposeEntity | undefined,
  work: (opened: OpenedPlan) => void,
): string {
  const edit = editPlanText(text);
  let plan: PlanFile | null = edit.plan;
  const now = () => (plan ??= planFile.parse(edit.document.toJS()));
  work({
    edit,
    plan: now,
    change(change) {
      const { before, after } = apply({ ...edit, plan: now() }, change, propose);
      plan = null;
      return { before: oneLine(before), after: oneLine(after) };
    },
  });
  const { result, plan: next } = resultOf(edit);
  return hashOf(next) === hashOf(edit.plan) ? text : result;
}

/** The text with untouched lines kept, where it says what the edited document says. */
function resultOf(edit: PlanEdit): { readonly result: string; readonly plan: PlanFile } {
  const { merged, printed } = edit.texts();
  const wanted = planFile.safeParse(edit.document.toJS());
  const kept = merged === null ? null : readPlan(merged);
  if (merged !== null && kept?.ok && wanted.success && hashOf(kept.plan) === hashOf(wanted.data))
    return { result: merged, plan: kept.plan };
  const read = readPlan(printed);
  if (read.ok) return { result: printed, plan: read.plan };
  const [first] = read.findings;
  throw new MigrationError({
    code: 'CHANGE_REFUSED',
    message: `With this change the plan would be wrong: ${first!.path}: ${first!.message}`,
    hint: first!.hint,
  });
}

function apply(edit: PlanEdit, change: PlanChange, propose: ProposeEntity | undefined): ChangeWords {
  switch (change.kind) {
    case 'exclude-entity':
      return excludeEntity(edit, change);
    case 'set-entity':
      return setEntity(edit, change);
    case 'set-column':
      return setColumn(edit, change);
    case 'set-source':
      return setSource(edit, change);
    case 'set-code':
      return setCode(edit, change);
    case 'rename-column':
      return renameColumn(edit, change);
    case 'leave-out-column':
      return leaveOutColumn(edit, change);
    case 'set-filter':
      return setFilter(edit, change);
    case 'set-misfit-policy':
      return setMisfitPolicy(edit, change);
    case 'set-missing-policy':
      return setMissingPolicy(edit, change);
    case 'review-suggestion':
      return reviewSuggestion(edit, change);
    case 'put-column':
      return putColumn(edit, change);
    case 'put-source':
      return putSource(edit, change);
    case 'take-in-table':
      return takeInTable(edit, change, propose);
    case 'leave-out-table':
      return leaveOutTable(edit, change);
    case 'set-merge':
      return setMerge(edit, change);
    case 'set-dedupe':
      return setDedupe(edit, change);
    case 'set-time-zone':
      return setTimeZone(edit, change);
  }
}

/** A reason that ends in a full stop gets no second one. */
function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\.\.(?=\s|$)/g, '.')
    .trim();
}
