/** The plan of the shop as somebody would write it by hand. */
import { type PlanFile, planFile } from '../../../engine/plan/plan-file.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';

const known = { confidence: 1, reason: 'by hand' };
const id = { to: 'id', type: 'uuid', nullable: false, transform: { kind: 'uuid' }, ...known };
const zoned = { kind: 'time-zone', zone: 'UTC' };

function reference(to: string, from: string, entity: string, nullable = false) {
  const transform = { kind: 'reference', entity, onMissing: nullable ? 'null' : 'quarantine' };
  return { to, type: 'uuid', nullable, from, transform, ...known };
}

function text(to: string, from = to, nullable = false, type = 'text') {
  return { to, type, nullable, from, ...known };
}

function entity(name: string, table: string, level: number, columns: unknown[], more: object = {}) {
  return {
    name,
    source: { schema: 'public', table },
    target: { schema: 'public', table: name },
    key: { columns: ['id'], kind: 'integer' },
    level,
    priority: 'critical',
    phase: 'core',
    columns: [id, ...columns],
    estimatedRows: 1000,
    difficulty: 'easy',
    ...more,
  };
}

export function shopPlan(catalog: Catalog, onMatch: 'keep' | 'update'): PlanFile {
  return planFile.parse({
    version: 1,
    migration: 'shop',
    source: { database: 'legacy', schemas: ['public'], fingerprint: catalog.fingerprint },
    target: { schema: 'public', create: false },
    settings: {},
    entities: [
      entity(
        'categories',
        'shop_category',
        1,
        [text('name'), reference('parent_id', 'parent', 'categories', true)],
        {
          deferred: ['parent_id'],
        },
      ),
      entity(
        'users',
        'shop_customer',
        1,
        [
          { ...text('email', 'emailAddress'), transform: { kind: 'email', unique: true } },
          text('first_name'),
          text('last_name'),
          text('phone', 'tel', true),
          text('birth_date', 'dob', true, 'date'),
          {
            ...text('status', 'state', false, 'public.account_status'),
            transform: { kind: 'choice', map: { 1: 'active', 2: 'blocked' } },
          },
          { ...text('created_at', 'created', false, 'timestamp with time zone'), transform: zoned },
          {
            to: 'metadata',
            type: 'jsonb',
            nullable: false,
            transform: { kind: 'metadata', columns: ['notes'] },
            default: '{}',
            ...known,
          },
        ],
        { merge: { by: ['email'], onMatch } },
      ),
      entity(
        'orders',
        'shop_order',
        2,
        [
          text('number', 'order_no'),
          reference('user_id', 'customer_id', 'users'),
          text('status', 'status', false, 'public.order_status'),
          { ...text('total', 'total', false, 'public.money_amount'), money: {} },
          { ...text('created_at', 'created', false, 'timestamp with time zone'), transform: zoned },
        ],
        { merge: { by: ['number'], onMatch } },
      ),
      entity('order_items', 'shop_order_line', 3, [
        reference('order_id', 'order_id', 'orders'),
        reference('category_id', 'category_id', 'categories', true),
        text('label'),
        text('price', 'price', false, 'numeric(10,2)'),
      ]),
      {
        ...entity('vouchers', 'shop_voucher', 2, [
          text('code'),
          reference('user_id', 'customer_id', 'users', true),
          text('worth', 'worth', true, 'numeric(8,2)'),
        ]),
        target: { schema: 'public', table: 'vouchers', create: true },
      },
    ],
    groups: {},
    phases: [],
    estimate: { rows: 3000, bytes: 1000, seconds: 1 },
  });
}
