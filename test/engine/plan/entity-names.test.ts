import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameEntities } from '../../../engine/plan/entity-names.ts';
import { cutName } from '../../../engine/plan/identifier.ts';
import { tableKey } from '../../../engine/schema/table-key.ts';

function named(tables: readonly string[], known = {}): string[] {
  const list = tables.map((name) => ({ schema: 'public', name }));
  const names = nameEntities(list, known);
  return list.map((table) => names.get(tableKey(table))!);
}

test('the prefix of most tables goes, the last word becomes many', () => {
  expect(
    named(['app_order', 'app_category', 'app_customer_feedback', 'auth_user'], { auth_user: 'profiles' }),
  ).toEqual(['orders', 'categories', 'customer_feedback', 'profiles']);
});

test('names that would meet stay apart', () => {
  expect(named(['app_order', 'app_orders', 'app_user', 'orders'])).toEqual([
    'orders',
    'app_orders',
    'users',
    'orders_2',
  ]);
  expect(named(['users', 'auth_user'], { auth_user: 'users' })).toEqual(['users_2', 'users']);
});

test('tables of several schemas are told apart by their schema', () => {
  const list = ['sales', 'stock'].map((schema) => ({ schema, name: 'item' }));
  expect([...nameEntities(list, {}).values()]).toEqual(['items', 'stock_items']);
});

test('whatever a table is called, its entity has a valid name of its own, the same each time', () => {
  const tables = fc.uniqueArray(
    fc.record({
      schema: fc.constantFrom('public', 'Zwei'),
      name: fc.string({ minLength: 1, maxLength: 63, unit: 'binary' }),
    }),
    { selector: tableKey, maxLength: 30 },
  );
  fc.assert(
    fc.property(tables, (list) => {
      const names = [...nameEntities(list, { x: 'known' }).values()];
      expect(names).toHaveLength(list.length);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]{0,62}$/);
      expect([...nameEntities(list, { x: 'known' }).values()]).toEqual(names);
    }),
  );
});

test('names are cut to 63 bytes without meeting each other', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 60, maxLength: 90 }),
      fc.constantFrom('', '_fkey', '_idx'),
      (name, ending) => {
        const cut = cutName(name, ending);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(63);
        expect(cut.endsWith(ending)).toBe(true);
        if (Buffer.byteLength(`${name}${ending}`) > 63) expect(cutName(`${name}x`, ending)).not.toBe(cut);
        else expect(cut).toBe(`${name}${ending}`);
      },
    ),
  );
});
