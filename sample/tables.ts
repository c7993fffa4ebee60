/**
 * The tables of the sample and how many rows each has at a scale.
 *
 * Large tables grow and shrink with the scale; tables under 200 rows keep their size at every scale;
 * none has fewer than 8 rows, so that keys stay unique and each kind of defect finds a row.
 */
import { MigrationError } from '../engine/core/errors.ts';

export interface SampleTable {
  readonly entity: string;
  readonly table: string;
  /** Rows at scale 1. */
  readonly rows: number;
}

const entityLines = `
offices dispatch_office 898
profiles auth_user 9886
categories dispatch_category 44
roles dispatch_role 48
doctors dispatch_doctor 1339
patients dispatch_patient 8527
technicians dispatch_technician 85
doctor_offices dispatch_doctor_offices 472
patients_doctors_offices dispatch_patient_doctor_office 8449
role_permissions dispatch_role_permission 1346
technician_roles dispatch_technician_roles 31
cases dispatch_case 8419
orders dispatch_order 25259
jaws dispatch_jaw 43097
templates dispatch_template 169
products dispatch_product 10
brackets dispatch_bracket 1720
case_states dispatch_case_state 10868
order_states dispatch_order_state 5673
tasks dispatch_task 953224
team_communications dispatch_team_communication 69967
files dispatch_file 325432
case_files dispatch_case_file 160303
order_files dispatch_order_file 160286
messages dispatch_message 70685
message_attachments dispatch_message_attachment 8919
case_messages dispatch_case_message 48538
comments dispatch_comment 15097
system_messages dispatch_system_message 2191123
projects dispatch_project 72155
treatment_plans dispatch_treatment_plan 209241
template_products dispatch_template_product 178
template_view_groups dispatch_template_view_group 120
template_view_roles dispatch_template_view_role 160
purchases dispatch_purchase 3701
payments dispatch_payment 17297
operations dispatch_operation 3720
offers dispatch_offer 788
discounts dispatch_discount 151
order_cases dispatch_order_case 24000
treatment_discussions dispatch_treatment_discussion 6200
patient_events dispatch_patient_event 31000
doctor_notes dispatch_doctor_note 962
customer_feedback dispatch_customer_feedback 21595
notifications dispatch_notification 40000`;

/** The 45 tables that a migration moves. */
export const sampleTables: readonly SampleTable[] = entityLines
  .trim()
  .split('\n')
  .map((line) => {
    const [entity, table, rows] = line.split(' ');
    return { entity: entity!, table: table!, rows: Number(rows) };
  });

/** Tables of Django itself that grow with use; the other housekeeping tables have the size that the code gives them. */
const housekeepingRows: Readonly<Record<string, number>> = {
  django_session: 2400,
  django_admin_log: 5200,
  auth_user_groups: 1240,
};

export const housekeepingTables = [
  'django_migrations',
  'django_content_type',
  'django_session',
  'django_admin_log',
  'auth_group',
  'auth_permission',
  'auth_user_groups',
] as const;

export const allTables: readonly string[] = [
  ...sampleTables.map((entry) => entry.table),
  ...housekeepingTables,
];

const alwaysWhole = 200;
const smallest = 8;

/** Rows per legacy table; housekeeping tables of a fixed size are absent. */
export type Sizes = ReadonlyMap<string, number>;

export function sizesAt(scale: number): Sizes {
  if (!(scale >= 0.002 && scale <= 100)) {
    throw new MigrationError({
      code: 'SAMPLE_OPTION_INVALID',
      message: `The sample cannot be built at scale ${scale}.`,
      hint: 'Choose a scale from 0.002 to 100; 0.02 is good for a demo.',
      details: { scale },
    });
  }
  const rows = [
    ...sampleTables.map((entry) => [entry.table, entry.rows] as const),
    ...Object.entries(housekeepingRows),
  ];
  return new Map(
    rows.map(([table, atOne]) => [
      table,
      atOne < alwaysWhole ? atOne : Math.max(smallest, Math.round(atOne * scale)),
    ]),
  );
}
