/** Shapes at the edges: as wide, empty, large, tangled and self-made as a database can be. */
import { quote } from './hostile-names.sql.ts';

export function hostileTablesSql(versionNum: number): string {
  return [sizes(), keys(), references(), types(), typedKeys(), rules(versionNum), views()].join('\n');
}

const COLUMNS = 1600;

function sizes(): string {
  const wide = Array.from(
    { length: COLUMNS - 1 },
    (_, i) => `c${i} ${['integer', 'boolean', 'text'][i % 3]}`,
  );
  const values = wide.map((_, i) => ['7', 'true', `'t'`][i % 3]);
  return `
create table widest (id integer primary key, ${wide.join(', ')});
insert into widest values (1, ${values.join(', ')}); insert into widest (id) values (2);
create table widest_keyless (${['x integer', ...wide].join(', ')});
insert into widest_keyless values (1, ${values.join(', ')});
create table no_columns (); insert into no_columns default values;
create table no_rows (id integer primary key, up integer not null references no_rows, t text not null, u uuid unique);
create table no_rows_no_key (t text);
create table huge (id integer primary key, cell text, js json);
insert into huge values (1, repeat('50 MB ', 8738134), null), (2, 'small', null),
  (3, repeat('set aside with it ', 2912712), '{"no jsonb": "\\u0000"}');`;
}

/** A key of text that holds every character there is a kind of, and children that point at each. */
function keys(): string {
  return String.raw`
create table any_text (key text primary key, note text);
insert into any_text select chr(n), 'character ' || n from generate_series(1, 255) n;
insert into any_text select k, 'by hand' from unnest(array['', '  ', 'NULL', 'null', '\N', '\.', E'a\\', E'\t\n\r', 'é', E'e\u0301',
  'a,b', '{a}', '["a"]', '"a"', '''', '😀', '👩‍👩‍👧', E'\uFEFFbom', E'\u202Ertl', 'ß', 'SS', 'ss', 'İ', 'ı', 'K',
  '00000000-0000-0000-0000-000000000000', '1', '01', '1.0', repeat('k', 2600), E'\uFFFD', E'\U0010FFFF']) k on conflict do nothing;
create table of_any_text (id integer primary key, key text not null references any_text, other text references any_text);
insert into of_any_text select row_number() over (order by key collate "C"), key, lag(key) over (order by key collate "C") from any_text;
create table any_pair (a text, b text, primary key (a, b));
insert into any_pair select x.key, y.key from any_text x, any_text y where length(x.key) < 4 and ascii(x.key) % 13 = 0 and ascii(y.key) % 17 = 0;
create table of_any_pair (a text, b text, n integer, primary key (a, b, n), foreign key (a, b) references any_pair);
insert into of_any_pair select a, b, 1 from any_pair;
create table key_in_capitals ("ID" integer primary key, "Name" text);
insert into key_in_capitals values (1, 'a');`;
}

function references(): string {
  return `
create table tree (region text, nr integer, up_region text, up_nr integer, label text,
  primary key (region, nr), foreign key (up_region, up_nr) references tree match full on update cascade on delete set null);
insert into tree values ('a', 1, 'a', 1, 'its own parent'), ('a', 2, 'b', 1, 'child'), ('b', 1, 'a', 1, null), ('c', 1, null, null, '');
-- Three in a ring where no reference may be empty, checked at the end of the transaction only.
create table ring_1 (id integer primary key, next integer not null);
create table ring_2 (id integer primary key, next integer not null references ring_1 deferrable initially deferred);
create table ring_3 (id integer primary key, next integer not null references ring_2 deferrable initially deferred);
alter table ring_1 add foreign key (next) references ring_3 deferrable initially deferred;
insert into ring_1 select n, 11 - n from generate_series(1, 10) n;
insert into ring_2 select n, n from generate_series(1, 10) n; insert into ring_3 select n, n from generate_series(1, 10) n;
set constraints all immediate;
create table person (id integer primary key, e_mail text unique, badge integer, country text, nr integer, unique (country, nr));
create unique index person_badge on person (badge);
insert into person select n, 'p' || n || '@example.org', 100 + n, 'c' || n % 3, n from generate_series(1, 9) n;
create table letter (id integer primary key, sender integer not null references person, receiver integer references person,
  copy_to text references person (e_mail), by_badge integer references person (badge),
  country text, nr integer, foreign key (country, nr) references person (country, nr));
insert into letter select n, n, 10 - n, 'p' || n || '@example.org', 100 + n, 'c' || n % 3, n from generate_series(1, 9) n;
insert into letter values (10, 1, null, null, null, 'c1', null);
create table not_checked (id integer primary key, person integer);
insert into not_checked values (1, 1), (2, 77);
alter table not_checked add foreign key (person) references person not valid;
create table divided (id integer, at date, boss integer references person, primary key (id, at)) partition by range (at);
create table divided_old partition of divided for values from (minvalue) to ('2020-01-01');
create table divided_new partition of divided for values from ('2020-01-01') to (maxvalue) partition by list (id);
create table divided_new_rest partition of divided_new default;
insert into divided values (1, '2019-01-01', 1), (1, '2021-01-01', 2), (2, '2021-01-01', null);
create table into_divided (id integer primary key, d integer, at date, foreign key (d, at) references divided);
insert into into_divided values (1, 1, '2019-01-01'), (2, 1, '2021-01-01'), (3, null, null);`;
}

/** Types made of types, as deep as people go and a little deeper. */
function types(): string {
  return String.raw`
create domain "my ""text""" as varchar(20) check (value <> 'no');
create domain deeper as "my ""text"""; create domain deepest as deeper not null;
create type "Feeling's" as enum ('', 'it''s', 'comma, "quote"', '{brace}', '\', 'NULL', '${'x'.repeat(63)}');
create domain feelings as "Feeling's"[]; create domain feeling as "Feeling's";
create type place as (street text, "Nr." integer, since timestamp); create type places as (home place, work place, moods "Feeling's"[]);
create type with_json as (raw json, n numeric);
create domain somewhere as place; create domain weights as numeric(6, 3)[]; create type speeds as range (subtype = float8);
create table made_of (id deepest primary key, up deeper references made_of, d deeper[], f feelings, fs "Feeling's"[], fd feeling,
  p place, pa place[], ps places, wj with_json, wja with_json[], sw somewhere, w weights, s speeds, sa speeds[], m money, ma money[],
  r int4range[], c "char", o oid, j json, b bit(3), bv varbit, tz timetz, x xml, ta text[][], ip inet[], doc jsonb[]);
insert into made_of values ('one', 'one', array['a', 'b', null]::deeper[], array['', 'it''s', null]::"Feeling's"[], array['{brace}', '\']::"Feeling's"[], 'NULL',
  row('a "street", (here)', 7, '2020-01-01 10:00:00.000001'), array[row('x', 1, null), null, row(null, null, null)]::place[],
  row(row('h', 1, 'infinity'), null, array['comma, "quote"']::"Feeling's"[]), row('{"a": "\u0000", "a": 2}', 'NaN'), array[row('1e400', 1.10)]::with_json[],
  row('s', 2, null), '{1.5,null,2.250}', '[1.5,2.5)', array['(,)'::speeds, 'empty'], 12.34::numeric::money, array[(-1.5)::numeric::money],
  array['[1,5)'::int4range], 'c', 4294967295, '{"b":1}', b'101', b'', '10:00+02', '<a/>', '{{a,"b,c"},{null,""}}', '{::1,10.0.0.0/8}', array['{"a": [1, 2.50]}'::jsonb, null]),
  ('two', null, '{}', '{}', '{}', '', row(null, null, null), '{}', row(null, null, null), null, '{}', null, '{}', 'empty', '{}', (-0.01)::numeric::money, '{}',
  '{}', '', 0, 'null', b'000', b'1', '00:00-15:59', 'text', '{}', '{}', '{}');
insert into made_of (id) values ('three');
create extension cube schema "Odd ""one"""; create extension isn schema "select"; create extension hstore;
create domain codes as "select".isbn13; create type with_cube as (c "Odd ""one""".cube);
create table of_extensions (id integer primary key, c "Odd ""one""".cube, ca "Odd ""one""".cube[], i "select".isbn13, ia "select".isbn13[],
  d codes, w with_cube, h hstore, ha hstore[]);
insert into of_extensions values (1, '(1.123456789012345,2)', array['(1),(2)', null]::"Odd ""one""".cube[], '978-0-393-04002-9', '{978-0-393-04002-9}',
  '978-0-393-04002-9', row('(0.1,0.2)'), 'a=>1, "b c"=>NULL', array['x=>"\"q\""', null]::hstore[]), (2, null, '{}', null, null, null, row(null), '', '{}');`;
}

/** Keys of types that nobody expects in a key, each row pointing at the other; equal values may print differently. */
function typedKeys(): string {
  const keys: readonly (readonly [type: string, one: string, two: string])[] = [
    ['place', `row('a "b", (c)', 1, '2020-01-01')`, `row('', null, null)`],
    ['money', `12.34::numeric::money`, `0::money`],
    ['int4range', `'[1,5)'`, `'empty'`],
    ['speeds', `'[1.5,2.5)'`, `'(,)'`],
    ['text[]', `array['a,b', null, '"']`, `'{}'`],
    ['"Feeling\'s"[]', `array['', 'it''s']::"Feeling's"[]`, `'{}'`],
    ['"Feeling\'s"', `'comma, "quote"'`, `''`],
    ['bytea', `'\\x00ff'`, `''`],
    ['inet', `'10.0.0.1/8'`, `'::1'`],
    ['interval', `'1 mon'`, `'-1 day 23:00'`],
    ['float8', `'NaN'`, `1e-300`],
    ['bit(3)', `b'101'`, `b'000'`],
    ['timetz', `'10:00+02'`, `'24:00-15:59'`],
    ['timestamp', `'2020-03-29 02:30'`, `'infinity'`],
    ['jsonb', `'{"b": 1, "a": [2.50]}'`, `'null'`],
    ['"char"', `'x'`, `''`],
    ['oid', `4294967295`, `0`],
    ['name', `'n'`, `''`],
  ];
  return keys
    .map(
      (
        [type, one, two],
        i,
      ) => `create table keyed_${i} (key ${type} primary key, other ${type} references keyed_${i}, v text);
insert into keyed_${i} values (${one}, null, (${one}::${type})::text), (${two}, ${one}, (${two}::${type})::text);
update keyed_${i} set other = ${two}::${type} where key = ${one}::${type};`,
    )
    .join('\n');
}

function rules(versionNum: number): string {
  const newer =
    versionNum >= 180000
      ? `create table lazy (id integer primary key, a integer, later integer generated always as (a * 2) virtual);
insert into lazy values (1, 21), (2, null);
create table spans (id integer, valid daterange, v text, primary key (id, valid without overlaps));
insert into spans values (1, '[2020-01-01,2021-01-01)', 'a'), (1, '[2021-01-01,2022-01-01)', 'b');
create table in_span (id integer, of_ integer, valid daterange, primary key (id), foreign key (of_, period valid) references spans (id, period valid));
insert into in_span values (1, 1, '[2020-06-01,2021-06-01)');
create table holes (id integer primary key, must text); insert into holes values (1, null), (2, 'x');
alter table holes add constraint must_be not null must not valid;`
      : '';
  return `
create extension if not exists btree_gist;
create function shout() returns trigger language plpgsql as 'begin raise exception ''no''; end';
create table ruled (id integer generated always as identity primary key, a integer default 5, during tstzrange, secret text,
  twice integer generated always as (a * 2) stored, exclude using gist (a with =, during with &&));
insert into ruled (a, during) values (1, '[2020-01-01,2020-02-01)'), (1, '[2020-02-01,)'), (null, null);
insert into ruled (a) values (-1); alter table ruled add constraint above check (a > 0) not valid;
create trigger shouting before insert or update or delete on ruled for each row execute function shout();
create rule silent as on delete to no_rows do instead nothing;
create policy hidden on ruled using (false); alter table ruled enable row level security;
create index partly on ruled (a) where a > 3; create index by_expression on ruled (lower(secret)); create index hashed on ruled using hash (a);
create unlogged table quick (id integer primary key, v text); insert into quick values (1, 'x');
create table base (id integer primary key, v text); create table heir (extra text, primary key (id)) inherits (base);
insert into base values (1, 'base'); insert into heir values (1, 'heir', 'x'), (2, null, null);
create sequence counting start 7;
${newer}`;
}

/** Over every table there is, columns and all, and one that is stored. */
function views(): string {
  return `
do $$
declare parts text;
begin
  select string_agg(format('(select count(*) from %s) as n%s', c.oid::regclass, row_number), ', ') into parts
    from (select oid, row_number() over () from pg_class where relkind in ('r', 'p') and relnamespace::regnamespace::text !~ '^pg_|information') c;
  execute 'create view over_everything as select ' || parts;
end $$;
create view ${quote('View "of" all')} as select * from every_name, person;
create materialized view stored as select * from over_everything;`;
}
