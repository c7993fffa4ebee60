/**
 * Which change of the plan would let the rows of a cause through: worked out from the reason, the column and the values, the
 * same for the same rows. What loses nothing is preferred; what loses something says so; where nothing in the plan would
 * do, it says what would. Nobody has to follow it: `quarantine try` shows what it does before anything is changed.
 */
import type { SuggestedFix } from '../../contract/quarantine.ts';
import type { HeldRow, QuarantineGroup } from '../../control/quarantine-store.ts';
import { quoteIdentifier } from '../../db/quote.ts';
import { hasPlaceholder } from '../../plan/has-placeholder.ts';
import type { PlanColumn, PlanEntity, Transform } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { formOf } from '../../rehearsal/code-trial/shown-values.ts';
import { countOf, joinWords } from '../../report/words.ts';
import { adviceOf } from './advice.ts';
import { misfitValue } from './misfit-value.ts';
import { readableForm } from './readable-form.ts';

export interface FixAdvice {
  readonly suggestion: SuggestedFix | null;
  readonly advice: string | null;
}

interface Case {
  readonly entity: PlanEntity;
  /** Towpath made the table, so its checks follow the plan. */
  readonly isMade: boolean;
  readonly column: PlanColumn;
  readonly values: readonly (string | null)[];
}

export function suggestFix(
  group: QuarantineGroup,
  entity: PlanEntity,
  rows: readonly Pick<HeldRow, 'column' | 'sourceRow'>[],
  isMade: boolean,
): FixAdvice {
  const column = entity.columns.find(({ to }) => to === group.column);
  const advice = adviceOf(group);
  if (column === undefined) return { suggestion: null, advice };
  const given = { entity, column, isMade, values: rows.map((row) => misfitValue(row, entity)) };
  const suggestion = fixOf(kindOf(group), given);
  return { suggestion, advice: suggestion === null ? advice : null };
}

/** What the server refused is the same case as what the mapper saw. */
function kindOf({ reason, sqlstate }: QuarantineGroup): string {
  if (reason !== 'refused-by-target') return reason;
  const same: Readonly<Record<string, string>> = {
    '23502': 'required-null',
    '22001': 'too-long',
    '22003': 'numeric-overflow',
  };
  return same[sqlstate ?? ''] ?? (/^22/.test(sqlstate ?? '') ? 'malformed-value' : reason);
}

function fixOf(reason: string, given: Case): SuggestedFix | null {
  switch (reason) {
    case 'orphan-reference':
    case 'dangling-reference':
    case 'unknown-parent-type':
      return withoutReference(given);
    case 'unknown-choice':
      return addCodes(given) ?? otherValue(given);
    case 'duplicate-value':
      return ownAddress(given);
    case 'lookup-missing':
      return withoutLookup(given);
    case 'required-null':
      return otherValue(given);
    case 'malformed-value':
    case 'not-a-number':
    case 'no-match':
    case 'numeric-overflow':
    case 'too-long':
      return readAgain(given) ?? otherValue(given);
    case 'out-of-range':
    case 'excess-scale':
    case 'missing-part':
    case 'required-part':
      return otherValue(given);
    default:
      return null;
  }
}

function withoutReference({ entity, column }: Case): SuggestedFix | null {
  const [first] = transformsOf(column);
  if (!column.nullable || (first?.kind !== 'reference' && first?.kind !== 'polymorphic')) return null;
  return {
    changes: [{ kind: 'set-missing-policy', entity: entity.name, column: column.to, onMissing: 'null' }],
    words: `Move these rows without the link in ${column.to}.`,
    loses: `The link itself: ${column.to} stays empty. ${notes(entity)}`,
  };
}

/**
 * Codes of a choice are words of the system, not of a person, and become part of the plan. What may be a person's – several
 * words, a long number – is not taken for one.
 */
const PLAIN_CODE = /^(?!\d{7})[\p{L}\p{N}_.-]{1,20}$/u;
const MOST_CODES = 12;

function addCodes({ entity, column, values, isMade }: Case): SuggestedFix | null {
  const steps = transformsOf(column);
  const choice = steps.find((step) => step.kind === 'choice');
  const codes = [...new Set(values)].filter((value) => value !== null).sort();
  const bound = !isMade && isChecked(entity, column);
  const shown = column.personal === undefined && codes.every((code) => PLAIN_CODE.test(code));
  if (!choice || bound || !shown || codes.length === 0 || codes.length > MOST_CODES) return null;
  const added = Object.fromEntries(codes.map((code) => [code, `unknown ${code}`]));
  return {
    changes: [
      {
        // the check that lists the column's words follows this kind of change
        ...{ kind: 'set-column', entity: entity.name, column: column.to },
        transform: steps.map((step) =>
          step.kind === 'choice' ? { ...step, map: { ...step.map, ...added } } : step,
        ),
        reason: `${column.reason}; suggested for codes that were set aside`,
      },
    ],
    words: codeWords(`${codes.length === 1 ? 'the code' : 'the codes'} ${codes.join(', ')}`, column, codes),
    withoutValues: codeWords(
      `${countOf(codes.length, 'code')} (of the form ${joinWords([...new Set(codes.map(formOf))])})`,
      column,
      codes,
    ),
    loses: null,
  };
}

function codeWords(which: string, { to }: PlanColumn, { length }: readonly string[]): string {
  const as = length === 1 ? 'a choice of its own' : 'choices of their own';
  return `Take ${which} of ${to} as ${as}, named “unknown …” until somebody knows what ${length === 1 ? 'it means' : 'they mean'}.`;
}

function ownAddress({ entity, column }: Case): SuggestedFix | null {
  const steps = transformsOf(column);
  if (!steps.some((step) => step.kind === 'email' && step.onDuplicate === 'misfit')) return null;
  return {
    changes: [
      setColumn(
        entity,
        column,
        steps.map((step) =>
          step.kind === 'email' ? { ...step, onDuplicate: 'placeholder' as const } : step,
        ),
        'repeated addresses were set aside',
      ),
    ],
    words: `Give these rows an address in ${column.to} that never receives mail.`,
    loses: `The repeated address in ${column.to}. ${notes(entity)}`,
  };
}

function withoutLookup({ entity, column }: Case): SuggestedFix | null {
  const steps = transformsOf(column);
  if (!column.nullable || !steps.some(({ kind }) => kind === 'lookup')) return null;
  return {
    changes: [
      setColumn(
        entity,
        column,
        steps.map((step) => (step.kind === 'lookup' ? { ...step, onMissing: 'null' as const } : step)),
        'rows to look up were missing',
      ),
    ],
    words: `Leave ${column.to} empty where the row to take it from does not exist.`,
    loses: null,
  };
}

/** Steps that read every one of the values, put before those that are there. */
function readAgain(given: Case): SuggestedFix | null {
  const { entity, column, values } = given;
  const form = readableForm(column, values);
  if (form === null) return null;
  const steps = transformsOf(column).filter(({ kind }) => kind !== 'copy');
  const then: readonly Transform[] = steps.length > 0 ? steps : [{ kind: 'cast' }];
  return {
    changes: [setColumn(entity, column, [...form.steps, ...then], 'values that were set aside')],
    words: `${form.words} in ${column.to}.`,
    loses: null,
  };
}

function otherValue({ entity, column }: Case): SuggestedFix | null {
  const made = transformsOf(column).some(({ kind }) => POINTING.has(kind));
  if (made) return null;
  const policy =
    column.default !== undefined && column.onMisfit === 'quarantine'
      ? 'default'
      : column.nullable
        ? 'null'
        : hasPlaceholder(column) && !isChecked(entity, column)
          ? 'placeholder'
          : null;
  if (policy === null || policy === column.onMisfit) return null;
  return {
    changes: [{ kind: 'set-misfit-policy', entity: entity.name, column: column.to, onMisfit: policy }],
    words: WORDS[policy](column.to),
    loses: `Values of ${column.to} that do not fit. ${notes(entity)}`,
  };
}

/** A value that nobody wrote down would break the rule. */
function isChecked({ checks }: PlanEntity, { to }: PlanColumn): boolean {
  return checks.some(({ expression }) => expression.includes(quoteIdentifier(to)));
}

const POINTING = new Set(['uuid', 'reference', 'polymorphic', 'metadata']);

const WORDS = {
  null: (column: string) => `Leave ${column} empty where its value does not fit.`,
  default: (column: string) => `Put the plan’s standard value of ${column} where its value does not fit.`,
  placeholder: (column: string) =>
    `Put a placeholder that names the old key into ${column} where its value does not fit.`,
} as const;

/** The column as it is but for its steps: type and name stay, since the table is there. */
function setColumn(
  entity: PlanEntity,
  column: PlanColumn,
  transform: readonly Transform[],
  why: string,
): SuggestedFix['changes'][number] {
  return {
    kind: 'put-column',
    entity: entity.name,
    column: { ...column, transform: [...transform], reason: `${column.reason}; suggested for ${why}` },
  };
}

/** Where what is replaced is kept. */
function notes(entity: PlanEntity): string {
  return entity.columns.some((column) => transformsOf(column).some(({ kind }) => kind === 'metadata'))
    ? 'The old value is kept in the notes of the row.'
    : 'This kind of record has no notes, so the old value is kept in the old database and in Towpath’s own records only.';
}
