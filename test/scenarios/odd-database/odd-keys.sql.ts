/** Keys and references as nobody would draw them on purpose. Hostile texts stand in keys, names and comments. */

const HOSTILE = `x'); drop table students;--"\\<script>alert(1)</script>`;

export function oddKeysSql(): string {
  return String.raw`
create schema "Old Stuff";
create schema archive;

-- Composite keys of two and three columns; the parts hold whatever breaks naive joining.
create table warehouse (
  region text not null, code varchar(20) not null, city text, primary key (region, code));
insert into warehouse values
  ('eu', 'A', 'Ghent'), ('e,u', 'A"B', 'comma and quote'), ('e', 'u,A', 'comma elsewhere'),
  (E'back\\slash', E'tab\tnew\nline', 'controls'), ('ünï', '東京😀', 'unicode'), ('', '', 'empty parts'),
  ('[1, "a"]', 'null', 'looks like JSON'), (E'quote''s', '{}', null), ('\N', 'NULL', 'looks like COPY');
create table shelf (
  region text, code varchar(20), "No." integer not null, label text,
  primary key (region, code, "No."),
  constraint shelf_in foreign key (region, code) references warehouse);
insert into shelf select region, code, n, region || '/' || n from warehouse, generate_series(-1, 1) n;
-- A composite reference that may be empty, whole or in part.
create table parcel (
  id bigint primary key, region text, code varchar(20), n integer,
  foreign key (region, code, n) references shelf);
insert into parcel
  select (row_number() over ()) + 9007199254740992, region, code, "No." from shelf;
insert into parcel values (-5, null, null, null), (-6, 'gone', null, 3), (9223372036854775807, 'eu', 'A', 0),
  (-9223372036854775808, null, 'A', 1);
-- A composite reference to oneself.
create table part_of_part (
  box text, n integer, up_box text, up_n integer, primary key (box, n),
  foreign key (up_box, up_n) references part_of_part);
insert into part_of_part values ('a', 1, 'a', 1), ('a', 2, 'b', 7), ('b', 7, 'a', 1), ('c', 3, null, 5);

create table bag (what text, n integer);
insert into bag values ('x', 1), ('x', 1), (null, null), (null, null), ('', 0), (E'a\tb\\', 2);
create table text_keyed (key text primary key, up text references text_keyed, note text);
insert into text_keyed values ('', null, 'empty'), (' ', '', 'blank'), (E'\\N', ' ', 'backslash N'),
  (E'line\nbreak', E'\\N', 'newline'), ('ключ', 'ключ', 'itself'), (repeat('k', 2000), '', 'long');
create table uuid_keyed (id uuid primary key, up uuid references uuid_keyed);
insert into uuid_keyed values ('00000000-0000-0000-0000-000000000000', null),
  ('ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-0000-0000-000000000000');
create table big_keyed (id bigint primary key, name text unique);
insert into big_keyed values (9007199254740993, 'a'), (9007199254740992, 'b'), (-9007199254740993, 'c'), (0, 'd');
create table big_child (id integer primary key, big bigint references big_keyed, by_name text references big_keyed (name));
insert into big_child values (1, 9007199254740993, 'b'), (2, 9007199254740992, 'a'), (3, -9007199254740993, 'd'),
  (4, 0, null), (5, null, 'c');
create table negative_keyed (id integer primary key, other integer references negative_keyed, third integer references negative_keyed);
insert into negative_keyed values (-2147483648, null, null), (-1, -2147483648, -1), (0, -1, -1), (2147483647, 0, -1);
create table small_keyed (id smallint primary key);
insert into small_keyed values (-32768), (0), (32767);
create table numeric_keyed (id numeric primary key, up numeric references numeric_keyed);
insert into numeric_keyed values (1.50, null), (123456789012345678901234567890, 1.5), (-0.0001, 1.500);
create table date_keyed (day date primary key, stamp timestamp unique);
insert into date_keyed values ('2020-02-29', '2020-02-29 12:00:00.000001'), ('infinity', null), ('0044-03-15 BC', '-infinity');
create table bool_keyed (yes boolean primary key, t text);
insert into bool_keyed values (true, 'yes'), (false, 'no');
create table char_keyed (id char(5) primary key, up char(5) references char_keyed);
insert into char_keyed values ('a', null), ('b', 'a'), ('ccccc', 'b ');
create table timestamptz_keyed (at timestamptz, n smallint, v text, primary key (at, n));
insert into timestamptz_keyed values ('2020-01-01 00:00+02', 1, 'a'), ('infinity', 2, 'b'), ('2020-01-01 00:00:00.000001+00', 1, 'c');

-- Rings.
create table ring_a (id integer primary key, b integer);
create table ring_b (id integer primary key, a integer not null references ring_a);
alter table ring_a add foreign key (b) references ring_b;
insert into ring_a values (1, null), (2, null); insert into ring_b values (1, 2), (2, 1); update ring_a set b = id;
create table archive.one (id integer primary key, two integer);
create table archive.two (id integer primary key, three integer);
create table archive.three (id integer primary key, one integer references archive.one, mine integer references archive.three);
alter table archive.one add foreign key (two) references archive.two;
alter table archive.two add foreign key (three) references archive.three;
insert into archive.one values (1, null), (2, null); insert into archive.three values (1, 1, null), (2, 2, 2);
insert into archive.two values (1, 2), (2, 1); update archive.one set two = 3 - id;
-- The same table name in three schemas.
create table "Old Stuff".one (id integer primary key, up integer references archive.one);
insert into "Old Stuff".one values (1, 2), (2, null);
create table one (id integer primary key, v text);
insert into one values (1, 'public');

create table "select" ("from" integer primary key, "where" text, "Group" integer references "select", "ORDER BY" text, "user" text, "ü%s""\" text);
insert into "select" values (1, 'a', null, 'x', 'u', 'odd'), (2, 'b', 1, 'y', null, null);
comment on table "select" is ${dollar(HOSTILE)};
comment on column "select"."where" is ${dollar(HOSTILE)};
create table "Old Stuff"."Mixed Case; drop table one;--" ("Id" integer primary key, "<b>bold</b>" text, "a.b" text, "${'x'.repeat(63)}" text, "${'x'.repeat(62)}y" text);
insert into "Old Stuff"."Mixed Case; drop table one;--" values (1, '<img src=x onerror=alert(1)>', E'\u202Egnp.exe', 'sixty-three', 'bytes'), (2, $h$${HOSTILE}$h$, E'\u0001', '{{7*7}}', '$' || '{jndi:x}');
create table ${`"${'t'.repeat(63)}"`} (id integer primary key, ${`"${'ü'.repeat(31)}"`} text);
insert into ${`"${'t'.repeat(63)}"`} values (1, 'a');
create table ${`"${'t'.repeat(62)}s"`} (id integer primary key, up integer references ${`"${'t'.repeat(63)}"`});
insert into ${`"${'t'.repeat(62)}s"`} values (1, 1);
create table "東京" ("番号" integer primary key, "名前" text, "値段" text);
insert into "東京" values (1, '山田', 'a'), (2, '😀', 'b');
-- Columns called like Towpath's own.
create table towpath_like (
  id text, legacy_id integer, metadata text, entity_no smallint, batch_id integer, created_at text, updated_at date,
  new_id uuid, source_id text, towpath_content_key text, towpath_row text, ctid_ text, t text, k0 text, row text, primary key (legacy_id));
insert into towpath_like values ('i', 7, '{"a": 1}', 3, 4, 'long ago', '2001-01-01',
  '11111111-1111-1111-1111-111111111111', 's', 'k', 'r', 'c', 't', 'k', 'w'), (null, 8, null, null, null, null, null, null, null, null, null, null, null, null, null);
create table keyless_like (id text, legacy_id integer, metadata jsonb, created_at timestamptz, towpath_ordinal integer, towpath_row text, towpath_content_key text, n text);
insert into keyless_like values ('a', 1, '{"z": 1, "a": 2}', '2020-01-01', 5, 'r', 'k', 'n'), ('a', 1, '{"z": 1, "a": 2}', '2020-01-01', 5, 'r', 'k', 'n');
create table unique_only (a integer not null, b text not null, c text, unique (a, b));
insert into unique_only values (1, 'x', 'c'), (1, 'y', null), (2, 'x', 'd');
create table refers_unique (id integer primary key, a integer, b text, foreign key (a, b) references unique_only (a, b));
insert into refers_unique values (1, 1, 'x'), (2, 2, 'x'), (3, null, 'x'), (4, 9, null);
-- Overlapping references: one column in a single and in a composite reference.
create table tenant (id integer primary key);
insert into tenant values (1), (2);
create table member (tenant_id integer references tenant, nr integer, boss integer, primary key (tenant_id, nr), foreign key (tenant_id, boss) references member);
insert into member values (1, 1, null), (1, 2, 1), (2, 1, 1);`;
}

function dollar(text: string): string {
  return `$odd$${text}$odd$`;
}
