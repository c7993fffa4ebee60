import { beforeAll, expect, test } from 'vitest';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from './open-source.ts';

const database = useTestDatabase();
let catalog: Catalog;

beforeAll(async () => {
  await database.query(`
    create table app_user (id int primary key); insert into app_user select generate_series(1, 50);
    create table app_order (id int primary key); insert into app_order select generate_series(1, 50);
    create table app_line_item (id int primary key, order_id int, first_order_id bigint, approved_by_id int, parent_id int,
      customer_id int, ticket_id text, declared_id int references app_user);
    insert into app_line_item select i, case when i = 1 then 0 else 1 + i % 50 end, i % 50 + 1, 1 + i % 50, nullif(i - 1, 0),
      1000000 + i, 'T-' || i, 1 + i % 50 from generate_series(1, 100) i;
    create table app_orphanage (id int primary key, order_id int);
    insert into app_orphanage select i, 1000 + i from generate_series(1, 50) i;
    create table app_empty (id int primary key, order_id int);
    create table django_content_type (id int primary key, app_label text, model text);
    insert into django_content_type values (3, 'app', 'lineitem'), (5, 'app', 'order'), (7, 'gone', 'thing');
    create table app_remark (id int primary key, content_type_id int references django_content_type, object_id int);
    insert into app_remark values (1, 3, 1), (2, 5, 1), (3, 5, 2), (4, 7, 1);`);
  catalog = await withSource(database, (source) => introspect(source));
});

function inferredOf(table: string, column: string) {
  return catalog.inferred.find(
    (item) => item.table.name === table && (item.kind === 'generic' ? item.idColumn : item.column) === column,
  );
}

test('a name and the values agree: the parent is found, and some orphans are borne', () => {
  expect(inferredOf('app_line_item', 'order_id')).toMatchObject({
    kind: 'foreign-key',
    references: { name: 'app_order', column: 'id' },
  });
  expect(inferredOf('app_line_item', 'order_id')!.reason).toContain(
    '99 of 100 sampled values are keys of app_order',
  );
  expect(inferredOf('app_line_item', 'order_id')!.confidence).toBeGreaterThan(0.85);
});

test('a role, an ending and a parent of the same table are understood', () => {
  expect(inferredOf('app_line_item', 'approved_by_id')).toMatchObject({ references: { name: 'app_user' } });
  expect(inferredOf('app_line_item', 'first_order_id')).toMatchObject({ references: { name: 'app_order' } });
  expect(inferredOf('app_line_item', 'parent_id')).toMatchObject({ references: { name: 'app_line_item' } });
});

test('what the values deny, what no table is named after, and what is declared is not inferred', () => {
  expect(inferredOf('app_orphanage', 'order_id')).toBeUndefined();
  expect(inferredOf('app_line_item', 'customer_id')).toBeUndefined();
  expect(inferredOf('app_line_item', 'ticket_id')).toBeUndefined();
  expect(inferredOf('app_line_item', 'declared_id')).toBeUndefined();
});

test('without values a name counts less', () => {
  expect(inferredOf('app_empty', 'order_id')!.confidence).toBeLessThan(0.7);
});

test('a generic relation knows which types it uses and which have no table here', () => {
  expect(inferredOf('app_remark', 'object_id')).toMatchObject({
    kind: 'generic',
    typeColumn: 'content_type_id',
    targets: [
      { type: '5', table: { name: 'app_order' } },
      { type: '3', table: { name: 'app_line_item' } },
    ],
  });
  expect(inferredOf('app_remark', 'object_id')!.reason).toContain(
    '1 further content types have no table here',
  );
});
