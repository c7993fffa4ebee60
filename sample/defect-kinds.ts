/**
 * What is wrong with the sample, on purpose: every kind of defect, where it is, and what a migration should do with it.
 *
 * Each form of a kind is planted at least once; beyond that a kind takes `rate × rows` rows of its table.
 * The texts of `forms` become the notes of the manifest; defects.sql.ts gives form 1, 2, … their values.
 */

export type DefectKind =
  | 'duplicate-email'
  | 'malformed-email'
  | 'orphan-nullable'
  | 'orphan-required'
  | 'required-null'
  | 'too-long'
  | 'impossible-value'
  | 'unknown-choice'
  | 'hostile-text'
  | 'extreme-timestamp'
  | 'excess-scale'
  | 'nan'
  | 'self-reference'
  | 'duplicate-row';

/** What should become of the row when nobody decided otherwise. */
export type Expected = 'migrated' | 'repaired' | 'quarantined';

export interface PlannedDefect {
  readonly kind: DefectKind;
  readonly table: string;
  /** Null: the whole row. */
  readonly column: string | null;
  readonly expected: Expected;
  readonly forms: readonly string[];
  /** Planted this often whatever the rate is (unless it is 0). */
  readonly fixedCount?: number;
}

const orphanForms = [
  'parent beyond the largest id',
  'parent 0 or below',
  'parent at the end of the integers',
];

export const plannedDefects: readonly PlannedDefect[] = [
  {
    kind: 'duplicate-email',
    table: 'auth_user',
    column: 'email',
    expected: 'repaired',
    forms: ['same address as the row before, in capitals', 'same address as the row before, between blanks'],
  },
  {
    kind: 'malformed-email',
    table: 'auth_user',
    column: 'email',
    expected: 'repaired',
    forms: ['no domain', 'blank inside, no domain ending', 'empty'],
  },
  {
    kind: 'orphan-nullable',
    table: 'dispatch_task',
    column: 'assignee_id',
    expected: 'repaired',
    forms: orphanForms,
  },
  {
    kind: 'orphan-nullable',
    table: 'dispatch_jaw',
    column: 'order_id',
    expected: 'repaired',
    forms: orphanForms,
  },
  {
    kind: 'orphan-nullable',
    table: 'dispatch_file',
    column: 'uploaded_by_id',
    expected: 'repaired',
    forms: orphanForms,
  },
  {
    kind: 'orphan-required',
    table: 'dispatch_payment',
    column: 'purchase_id',
    expected: 'quarantined',
    forms: orphanForms,
  },
  {
    kind: 'orphan-required',
    table: 'dispatch_case_file',
    column: 'file_id',
    expected: 'quarantined',
    forms: orphanForms,
  },
  {
    kind: 'required-null',
    table: 'dispatch_order',
    column: 'currency',
    expected: 'repaired',
    forms: ['no currency'],
  },
  {
    kind: 'required-null',
    table: 'dispatch_patient',
    column: 'last_name',
    expected: 'quarantined',
    forms: ['no last name'],
  },
  {
    kind: 'too-long',
    table: 'dispatch_office',
    column: 'zip',
    expected: 'quarantined',
    forms: ['longer than 20 characters'],
  },
  {
    kind: 'too-long',
    table: 'dispatch_message',
    column: 'subject',
    expected: 'quarantined',
    forms: ['longer than 255 characters'],
  },
  {
    kind: 'impossible-value',
    table: 'dispatch_patient',
    column: 'birth_date',
    expected: 'quarantined',
    forms: ['born on the first day of year 1', 'born in the far future'],
  },
  {
    kind: 'impossible-value',
    table: 'dispatch_customer_feedback',
    column: 'rating',
    expected: 'quarantined',
    forms: ['rating 0', 'rating 9'],
  },
  {
    kind: 'impossible-value',
    table: 'dispatch_discount',
    column: 'percent',
    expected: 'quarantined',
    forms: ['250 percent'],
  },
  {
    kind: 'unknown-choice',
    table: 'dispatch_order',
    column: 'status',
    expected: 'quarantined',
    forms: ['status 99'],
  },
  {
    kind: 'unknown-choice',
    table: 'dispatch_task',
    column: 'status',
    expected: 'quarantined',
    forms: ['status 99'],
  },
  {
    kind: 'hostile-text',
    table: 'dispatch_message',
    column: 'body',
    expected: 'migrated',
    forms: [
      'escapes that look like NUL and like the end of COPY data',
      'mojibake',
      'bidirectional and invisible characters',
      'one mebibyte',
      'control characters',
      'characters beyond the basic plane and noncharacters',
    ],
  },
  {
    kind: 'extreme-timestamp',
    table: 'dispatch_case_state',
    column: 'changed_at',
    expected: 'migrated',
    forms: [
      'infinity',
      'minus infinity',
      'before 1900',
      'before Christ',
      'after 9999',
      'the last timestamp there is',
    ],
  },
  {
    kind: 'excess-scale',
    table: 'dispatch_payment',
    column: 'amount',
    expected: 'quarantined',
    forms: ['three digits', 'six digits'],
  },
  {
    kind: 'nan',
    table: 'dispatch_payment',
    column: 'amount',
    expected: 'quarantined',
    forms: ['not a number'],
  },
  {
    kind: 'self-reference',
    table: 'dispatch_task',
    column: 'parent_id',
    expected: 'migrated',
    forms: ['parent is the next row', 'parent is the row itself', 'two rows are each other’s parent'],
  },
  {
    kind: 'self-reference',
    table: 'dispatch_category',
    column: 'parent_id',
    expected: 'migrated',
    forms: ['two rows are each other’s parent'],
    fixedCount: 1,
  },
  {
    kind: 'duplicate-row',
    table: 'dispatch_patient_doctor_office',
    column: null,
    expected: 'migrated',
    forms: ['exact copy of an earlier row'],
    fixedCount: 1,
  },
];
