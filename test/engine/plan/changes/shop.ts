/** A small shop: links that may and may not be empty, a key of two columns, a table without one, a rule and an index. */
import { catalog, column } from '../../schema/build-catalog.ts';

const nullable = { nullable: true };
export const shop = catalog([
  {
    name: 'users',
    columns: [column('id'), column('email', 'text'), column('nick', 'text', nullable)],
    uniques: [{ name: 'users_nick_key', columns: ['nick'] }],
  },
  {
    name: 'orders',
    columns: [
      column('id'),
      column('state', 'int2', { comment: '0=new, 1=done' }),
      column('at', 'timestamp'),
      column('total', 'numeric', nullable),
      column('code', 'text', nullable),
      column('user_id'),
    ],
    references: { user_id: 'users', parent_id: 'orders' },
    indexes: [
      {
        name: 'orders_code',
        columns: ['code', 'at'],
        unique: false,
        partial: false,
        definition: 'CREATE INDEX x ON t USING btree (code, at)',
      },
    ],
    checks: [{ name: 'orders_code_check', definition: 'CHECK ((length(code) > 2))', columns: ['code'] }],
  },
  {
    name: 'lines',
    key: ['order_id', 'no'],
    columns: [column('order_id'), column('no'), column('what', 'text', nullable)],
    references: { order_id: 'orders' },
  },
  {
    name: 'notes',
    columns: [column('id'), column('body', 'text', nullable)],
    references: { user_id: 'users', order_id: 'orders' },
  },
  { name: 'loose', key: [], columns: [column('word', 'text', nullable)] },
]);
