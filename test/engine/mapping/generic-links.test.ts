/** Pairs of type and number that lead nowhere: a number that is gone, a content type whose model is, a kind left out of the plan. */
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedTables, moveTables } from './moved-tables.ts';

const source = useTestDatabase();
const target = useTestDatabase();
let moved: MovedTables;

beforeAll(async () => {
  await source.query(`
    create table django_content_type (id int primary key, app_label varchar(100) not null, model varchar(100) not null);
    insert into django_content_type values (1, 'shop', 'article'), (2, 'shop', 'vanished'), (3, 'auth', 'permission');
    create table auth_permission (id int primary key, name text, content_type_id int, codename text);
    insert into auth_permission values (1, 'see', 1, 'see');
    create table shop_article (id int primary key, name text not null);
    insert into shop_article values (1, 'a lamp'), (2, 'a chair');
    create table shop_remark (id int primary key, content_type_id int not null references django_content_type, object_id int not null, body text);
    insert into shop_remark values (1, 1, 1, 'bright'), (2, 1, 99, 'gone'), (3, 2, 5, 'no model'), (4, 3, 1, 'left out');
    create table shop_price (id int primary key, content_type_id int not null references django_content_type, object_id int not null);
    insert into shop_price values (1, 1, 1), (2, 1, 2);
    analyze`);
  moved = await moveTables(source, target);
});

test('no row is set aside for a link that nothing kept right', async () => {
  expect(moved.rejects).toEqual([]);
  const rows = await target.query(
    `select r.legacy_id, r.object_type, a.name from remarks r left join articles a on a.id = r.object_id order by 1`,
  );
  expect(rows).toEqual([
    { legacy_id: 1, object_type: 'articles', name: 'a lamp' },
    { legacy_id: 2, object_type: 'articles', name: null },
    { legacy_id: 3, object_type: 'shop.vanished', name: null },
    { legacy_id: 4, object_type: 'auth_permission', name: null },
  ]);
});

test('the old pair stays in the notes', () => {
  const noted = moved.repairs.filter(({ entity }) => entity === 'remarks');
  expect(noted.length).toBe(3);
  expect(JSON.stringify(noted)).toContain('"99"');
  expect(JSON.stringify(noted)).toContain('"2:5"');
});

test('the plan asks, about those that lead nowhere alone', () => {
  const asked = moved.plan.questions.filter(({ text }) => text.includes('not there'));
  expect(asked.map(({ about }) => about)).toEqual([{ entity: 'remarks', column: 'object_id' }]);
  expect(asked[0]!.text).toContain('shop.vanished');
  const prices = moved.plan.entities.find(({ name }) => name === 'prices')!;
  expect(prices.columns.find(({ to }) => to === 'object_id')).toMatchObject({ nullable: false });
});
