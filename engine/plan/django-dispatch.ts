/** Orthodontics-lab systems written with Django whose tables are called `dispatch_…`: what their people know about them. */
import type { NamingProfile } from './naming-profile.ts';

const byLevel: readonly (readonly string[])[] = [
  ['offices', 'profiles', 'categories', 'roles'],
  ['doctors', 'patients', 'technicians'],
  ['doctor_offices', 'patients_doctors_offices', 'role_permissions', 'technician_roles'],
  ['cases', 'orders', 'jaws'],
  ['templates', 'products', 'brackets'],
  ['case_states', 'order_states', 'tasks', 'team_communications'],
  ['files', 'case_files', 'order_files'],
  ['messages', 'message_attachments', 'case_messages', 'comments', 'system_messages'],
  ['projects', 'treatment_plans', 'template_products', 'template_view_groups', 'template_view_roles'],
  ['purchases', 'payments', 'operations', 'offers', 'discounts'],
  [
    'order_cases',
    'treatment_discussions',
    'patient_events',
    'doctor_notes',
    'customer_feedback',
    'notifications',
  ],
];

const financial = ['purchases', 'payments', 'operations', 'offers', 'discounts'];

export const djangoDispatch: NamingProfile = {
  name: 'django-dispatch',
  signs: [
    'auth_user',
    'dispatch_office',
    'dispatch_doctor',
    'dispatch_patient',
    'dispatch_case',
    'dispatch_order',
  ],
  entities: { auth_user: 'profiles', dispatch_patient_doctor_office: 'patients_doctors_offices' },
  businessLevels: Object.fromEntries(byLevel.flatMap((names, i) => names.map((name) => [name, i + 1]))),
  groups: {
    core: ['offices', 'profiles', 'doctors'],
    'core-with-patients': ['offices', 'profiles', 'doctors', 'patients'],
    clinical: [
      'cases',
      'case_states',
      'orders',
      'order_states',
      'order_cases',
      'jaws',
      'brackets',
      'patient_events',
      'doctor_notes',
      'customer_feedback',
    ],
    communications: [
      'team_communications',
      'messages',
      'message_attachments',
      'case_messages',
      'comments',
      'system_messages',
      'notifications',
    ],
    files: ['files', 'case_files', 'order_files'],
    financial,
    planning: [
      'projects',
      'treatment_plans',
      'treatment_discussions',
      'tasks',
      'templates',
      'template_products',
      'template_view_groups',
      'template_view_roles',
    ],
  },
  phases: [
    { name: 'foundation', entities: byLevel[0]! },
    { name: 'core', entities: [...byLevel[1]!, ...byLevel[2]!] },
    {
      name: 'operations',
      entities: [...byLevel[3]!, ...byLevel[4]!, 'case_states', 'order_states', 'tasks'],
    },
    { name: 'financial', entities: financial },
    { name: 'clinical', entities: byLevel[8]! },
    { name: 'supporting', entities: [...byLevel[6]!, 'team_communications', ...byLevel[7]!] },
    { name: 'completion', entities: byLevel[10]! },
  ],
  financial,
  users: ['profiles'],
  strict: {
    required: ['status', 'currency', 'last_name', 'name', 'email', 'created_at'],
    defaultToMostFrequent: ['currency'],
    lengths: { zip: 20, postal_code: 20, country_code: 20, language: 20, subject: 255, title: 255 },
    ranges: {
      rating: { min: '1', max: '5' },
      percent: { min: '0', max: '100' },
      birth_date: { min: '1900-01-01', max: 'plan date' },
    },
  },
};
