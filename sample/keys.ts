/**
 * Keys of the sample as data: primary keys, unique constraints and foreign keys.
 *
 * A foreign key is `declared` and valid, `not-valid` (the legacy system kept it for new rows only), or `undeclared`
 * (nobody ever wrote it down: it must be inferred from name and values). The last two hold orphans.
 * Every foreign key column has its index, as Django makes it, declared or not.
 */

export type ForeignKeyState = 'declared' | 'not-valid' | 'undeclared';

export interface SampleForeignKey {
  readonly table: string;
  readonly column: string;
  readonly references: string;
  readonly state: ForeignKeyState;
}

/** `column references state?` lines by table; without a state the key is declared. */
const foreignKeyLines: Readonly<Record<string, readonly string[]>> = {
  dispatch_category: ['parent_id dispatch_category'],
  dispatch_role_permission: ['role_id dispatch_role'],
  dispatch_doctor: ['user_id auth_user', 'office_id dispatch_office'],
  dispatch_patient: ['user_id auth_user', 'doctor_id dispatch_doctor'],
  dispatch_technician: ['user_id auth_user'],
  dispatch_doctor_offices: ['doctor_id dispatch_doctor', 'office_id dispatch_office'],
  dispatch_patient_doctor_office: [
    'patient_id dispatch_patient',
    'doctor_id dispatch_doctor',
    'office_id dispatch_office',
  ],
  dispatch_technician_roles: ['technician_id dispatch_technician', 'role_id dispatch_role'],
  dispatch_case: [
    'patient_id dispatch_patient',
    'doctor_id dispatch_doctor',
    'current_order_id dispatch_order',
  ],
  dispatch_order: ['patient_id dispatch_patient', 'doctor_id dispatch_doctor', 'case_id dispatch_case'],
  dispatch_jaw: ['patient_id dispatch_patient', 'order_id dispatch_order undeclared'],
  dispatch_template: ['category_id dispatch_category'],
  dispatch_product: ['first_order_id dispatch_order'],
  dispatch_bracket: ['category_id dispatch_category'],
  dispatch_case_state: ['case_id dispatch_case', 'changed_by_id auth_user'],
  dispatch_order_state: ['order_id dispatch_order', 'changed_by_id auth_user'],
  dispatch_task: ['order_id dispatch_order', 'assignee_id auth_user not-valid', 'parent_id dispatch_task'],
  dispatch_team_communication: ['author_id auth_user', 'case_id dispatch_case'],
  dispatch_file: ['uploaded_by_id auth_user not-valid'],
  dispatch_case_file: ['case_id dispatch_case', 'file_id dispatch_file undeclared'],
  dispatch_order_file: ['order_id dispatch_order', 'file_id dispatch_file'],
  dispatch_message: ['sender_id auth_user', 'recipient_id auth_user'],
  dispatch_message_attachment: ['message_id dispatch_message', 'file_id dispatch_file'],
  dispatch_case_message: ['case_id dispatch_case', 'message_id dispatch_message'],
  dispatch_comment: ['user_id auth_user', 'content_type_id django_content_type'],
  dispatch_system_message: ['user_id auth_user', 'case_id dispatch_case'],
  dispatch_project: ['case_id dispatch_case', 'technician_id dispatch_technician'],
  dispatch_treatment_plan: ['patient_id dispatch_patient', 'project_id dispatch_project'],
  dispatch_template_product: ['template_id dispatch_template', 'product_id dispatch_product'],
  dispatch_template_view_group: ['template_id dispatch_template'],
  dispatch_template_view_role: [
    'template_view_group_id dispatch_template_view_group',
    'role_id dispatch_role',
  ],
  dispatch_purchase: ['user_id auth_user', 'order_id dispatch_order'],
  dispatch_payment: ['purchase_id dispatch_purchase undeclared', 'doctor_id dispatch_doctor'],
  dispatch_operation: ['payment_id dispatch_payment', 'purchase_id dispatch_purchase'],
  dispatch_offer: ['doctor_id dispatch_doctor', 'product_id dispatch_product'],
  dispatch_discount: ['offer_id dispatch_offer'],
  dispatch_order_case: ['order_id dispatch_order', 'case_id dispatch_case'],
  dispatch_treatment_discussion: ['treatment_plan_id dispatch_treatment_plan', 'user_id auth_user'],
  dispatch_patient_event: [
    'patient_id dispatch_patient',
    'treatment_discussion_id dispatch_treatment_discussion',
  ],
  dispatch_doctor_note: ['doctor_id dispatch_doctor', 'patient_id dispatch_patient'],
  dispatch_customer_feedback: ['patient_id dispatch_patient', 'order_id dispatch_order'],
  dispatch_notification: ['user auth_user', 'patient_event_id dispatch_patient_event'],
  django_admin_log: ['content_type_id django_content_type', 'user_id auth_user'],
  auth_permission: ['content_type_id django_content_type'],
  auth_user_groups: ['user_id auth_user', 'group_id auth_group'],
};

export const foreignKeys: readonly SampleForeignKey[] = Object.entries(foreignKeyLines).flatMap(
  ([table, lines]) =>
    lines.map((line) => {
      const [column, references, state] = line.split(' ');
      return {
        table,
        column: column!,
        references: references!,
        state: (state ?? 'declared') as ForeignKeyState,
      };
    }),
);

/** Tables whose primary key is not `id`; an empty list means that the table has no key at all. */
const otherPrimaryKeys: Readonly<Record<string, readonly string[]>> = {
  dispatch_role_permission: ['role_id', 'codename'],
  dispatch_patient_doctor_office: [],
  django_session: ['session_key'],
};

export function primaryKeyOf(table: string): readonly string[] {
  return otherPrimaryKeys[table] ?? ['id'];
}

/** Unique constraints, each as `table column[,column…]`. */
export const uniques: readonly { readonly table: string; readonly columns: readonly string[] }[] = [
  'auth_user username',
  'dispatch_category slug',
  'dispatch_role code',
  'dispatch_role name',
  'dispatch_doctor user_id',
  'dispatch_patient external_code',
  'dispatch_technician employee_no',
  'dispatch_doctor_offices doctor_id,office_id',
  'dispatch_technician_roles technician_id,role_id',
  'dispatch_case case_number',
  'dispatch_order order_number',
  'dispatch_template code',
  'dispatch_product sku',
  'dispatch_file uuid',
  'dispatch_case_file case_id,file_id',
  'dispatch_order_file order_id,file_id',
  'dispatch_case_message case_id,message_id',
  'dispatch_template_product template_id,product_id',
  'dispatch_template_view_role template_view_group_id,role_id',
  'dispatch_purchase invoice_number',
  'dispatch_discount code',
  'dispatch_order_case order_id,case_id',
  'django_content_type app_label,model',
  'auth_group name',
  'auth_permission content_type_id,codename',
  'auth_user_groups user_id,group_id',
].map((line) => {
  const [table, columns] = line.split(' ');
  return { table: table!, columns: columns!.split(',') };
});

/** Further indexes that the application asked for. */
export const otherIndexes: readonly { readonly table: string; readonly columns: readonly string[] }[] = [
  { table: 'dispatch_comment', columns: ['content_type_id', 'object_id'] },
  { table: 'django_session', columns: ['expire_date'] },
];
