import { beforeAll, describe, expect, test } from 'vitest';
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

describe('what names of other habits say', () => {
  beforeAll(async () => {
    await database.query(`create schema habits; create schema habits2; set search_path = habits;
      create table country (code char(2) primary key); insert into country values ('DE'), ('FR'), ('IT');
      create table "Customer" ("CustomerId" int primary key); insert into "Customer" select generate_series(1, 60);
      create table employees (employee_no int primary key, reports_to int, manager int);
      insert into employees select i, nullif(i - 1, 0), nullif(i % 9, 0) from generate_series(1, 60) i;
      create table crm_role (id int primary key); insert into crm_role select generate_series(1, 9);
      create table crm_a (id int primary key); create table crm_b (id int primary key);
      create table shop_staffrole (id int primary key); insert into shop_staffrole select generate_series(1, 9);
      create table shop_staff (id int primary key, role_id int); insert into shop_staff select i, 1 + i % 9 from generate_series(1, 60) i;
      create table "Invoice" ("InvoiceId" int primary key, "CustomerId" int, country_code char(2), "SupportRepId" int, id_customer int,
        billing_country varchar(2), invoice_no int, "position" int, customer text);
      insert into "Invoice" select i, 1 + i % 60, (array['DE','FR','IT'])[1 + i % 3], 1 + i % 60, 1 + i % 60, 'XX', i, 1 + i % 5, 'Ada'
        from generate_series(1, 200) i;
      create table part (id int primary key); insert into part select generate_series(1, 60);
      create table habits2.part (id int primary key); insert into habits2.part select generate_series(1, 60);
      create table usage (id int primary key, part_id int); insert into usage select i, i from generate_series(1, 60) i;`);
    catalog = await withSource(database, (source) => introspect(source, { schemas: ['habits', 'habits2'] }));
  });

  test.each([
    ['Invoice', 'CustomerId', 'Customer'],
    ['Invoice', 'country_code', 'country'],
    ['Invoice', 'SupportRepId', 'employees'],
    ['Invoice', 'id_customer', 'Customer'],
    ['employees', 'reports_to', 'employees'],
    ['shop_staff', 'role_id', 'shop_staffrole'],
  ])('%s.%s points at %s', (table, column, parent) => {
    expect(inferredOf(table, column)).toMatchObject({ references: { name: parent } });
  });

  test('numbers, positions and words that only happen to fit are left alone', () => {
    for (const column of ['invoice_no', 'position', 'billing_country', 'customer', 'InvoiceId'])
      expect(inferredOf('Invoice', column), column).toBeUndefined();
  });

  test('two parents that are equally likely are both named, and unsure enough to be asked about', () => {
    const reference = inferredOf('usage', 'part_id');
    expect(reference).toMatchObject({ alternatives: [{ schema: 'habits2' }] });
    expect(reference!.confidence).toBeLessThan(0.75);
    expect(reference!.reason).toContain('nearly as likely: ');
  });
});

describe('relations that name a class and a number', () => {
  beforeAll(async () => {
    await database.query(`create schema rails; set search_path = rails;
      create table posts (id bigint primary key); insert into posts select generate_series(1, 40);
      create table people (id bigint primary key); insert into people select generate_series(100, 140);
      create table admin_reports (id bigint primary key); insert into admin_reports select generate_series(500, 540);
      create table snippets (id bigint primary key, type text); insert into snippets select 900 + i, 'PersonalSnippet' from generate_series(1, 9) i;
      create table comments (id bigint primary key, commentable_type varchar, commentable_id bigint);
      insert into comments select i, (array['Post','Person','Admin::Report','PersonalSnippet','Legacy::Thing'])[1 + i % 5],
        (array[1, 100, 500, 901, 5])[1 + i % 5] from generate_series(1, 50) i;
      create table morphs (id int primary key, item_type text, item_id text);
      insert into morphs select i, (array['App\\Models\\Post', 'people'])[1 + i % 2], (array['1', '100'])[1 + i % 2] from generate_series(1, 9) i;
      create table papers (id int primary key, document_type text, document_id int);
      insert into papers select i, (array['passport', 'visa', 'post'])[1 + i % 3], 7000 + i from generate_series(1, 60) i;
      create table taggings (id int primary key, taggable_type text, taggable_id int);
      create table votes (id int primary key, vote_type text, vote_id int);`);
    catalog = await withSource(database, (source) => introspect(source, { schemas: ['rails'] }));
  });

  test('class names lead to tables by inflection, borne out by the numbers beside them', () => {
    const found = inferredOf('comments', 'commentable_id');
    expect(found).toMatchObject({ kind: 'generic', typeColumn: 'commentable_type' });
    const targets = Object.fromEntries(
      (found as Extract<typeof found, { kind: 'generic' }>)!.targets.map(({ type, table }) => [
        type,
        table.name,
      ]),
    );
    expect(targets).toEqual({
      Post: 'posts',
      Person: 'people',
      'Admin::Report': 'admin_reports',
      PersonalSnippet: 'snippets',
    });
    expect(found).toMatchObject({ unresolved: [{ type: 'Legacy::Thing', label: 'Legacy::Thing' }] });
  });

  test('names of Laravel, names of tables and numbers kept as text are understood', () => {
    expect(inferredOf('morphs', 'item_id')).toMatchObject({
      kind: 'generic',
      targets: [
        { type: 'people', table: { name: 'people' } },
        { type: 'App\\Models\\Post', table: { name: 'posts' } },
      ],
    });
  });

  test('a kind of paper beside its number is no relation, and a usual pair without rows is only said to look like one', () => {
    expect(inferredOf('papers', 'document_id')).toBeUndefined();
    expect(inferredOf('taggings', 'taggable_id')).toMatchObject({
      kind: 'generic',
      targets: [],
      confidence: 0.4,
    });
    expect(inferredOf('votes', 'vote_id')).toBeUndefined();
  });
});

describe('a database that declares its references', () => {
  const own = useTestDatabase();

  test('names alone make no link of an empty column without a constraint', async () => {
    const tables = Array.from(
      { length: 24 },
      (_, n) => `create table part${n} (id int primary key, kind_id int references kind);`,
    );
    await own.query(`create table kind (id int primary key); ${tables.join(' ')}
      create table protocol (id int primary key, kind_id smallint not null); analyze`);
    const found = await withSource(own, (source) => introspect(source));
    expect(found.inferred).toMatchObject([{ table: { name: 'protocol' }, column: 'kind_id' }]);
    expect(found.inferred[0]!.confidence).toBeLessThan(0.5);
    for (let n = 0; n < 10; n++)
      await own.query(`alter table part${n} drop constraint part${n}_kind_id_fkey`);
    const loose = await withSource(own, (source) => introspect(source));
    const again = loose.inferred.find(({ table }) => table.name === 'protocol');
    expect(again?.confidence).toBeGreaterThan(0.5);
  });
});
