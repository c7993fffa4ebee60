/** One column of nearly every type, each with the values at its edges. */

export interface OddServer {
  /** As `server_version_num`. */
  readonly versionNum: number;
  /** Extensions that the server can make. */
  readonly extensions: readonly string[];
}

export function oddTypesSql(server: OddServer): string {
  return [types(), arrays(), numbers(), times(), tables(), extensions(server), ...newer(server)].join('\n');
}

function types(): string {
  return String.raw`
create type mood as enum ('sad', 'it''s "ok", {maybe}', 'happy\', '', 'NULL');
create type archive.mood as enum ('other');
create type pair as (a integer, b text);
create type float_range as range (subtype = float8, subtype_diff = float8mi);
create domain cents as numeric(12, 2) check (value >= 0);
create domain short_text as varchar(10);
create domain nested as short_text check (value <> 'no');
create domain id_number as bigint;
create domain moods as mood;
create domain int_list as integer[];
create domain required_text as text not null;
create domain pairs as pair;
create domain clock as timestamp;
create domain docs as jsonb;
create table typed (
  id id_number primary key, up id_number references typed, e mood, ea mood[], other archive.mood, price cents, st short_text, ns nested, dm moods, il int_list, rt required_text default '', co pair, coa pair[], dp pairs, dk clock, dj docs,
  i inet, c cidr, m macaddr, m8 macaddr8, iv interval, iv_d interval day to second(2), iv_y interval year, tz timetz, t3 time(3), mo money, vb bit varying, vb5 bit varying(5), b3 bit(3), x xml, by bytea, jb jsonb, js json, ir int4range, fr float_range, nr numrange, tr tstzrange, dr daterange, po point, pg polygon, ls lseg, pa path, bx box, ci circle, li line, tv tsvector, tq tsquery, ch "char", o oid, na name, rc regclass, rt2 regtype, tid_ tid, xid_ xid, lsn pg_lsn, ch5 char(5), ch1 char, vc varchar(3), txid txid_snapshot, b boolean, tsv3 timestamp(3), tsz0 timestamptz(0));
insert into typed (id, up, e, ea, other, price, st, ns, dm, il, rt, co, coa, dp, dk, dj, i, c, m, m8, iv, iv_d, iv_y, tz, t3, mo, vb, vb5, b3, x, by, jb, js, ir, fr, nr, tr, dr, po, pg, ls, pa, bx, ci, li, tv, tq, ch, o, na, rc, rt2, tid_, xid_, lsn, ch5, ch1, vc, txid, b, tsv3, tsz0) values
 (1, null, 'it''s "ok", {maybe}', array['sad', null, 'it''s "ok", {maybe}', 'happy\', '', 'NULL']::mood[], 'other', 12345678.90, 'short', 'yes', 'sad', '{1,null,3}', 'r', row(1, 'a,"b"\'), array[row(null, ''), null, row(2, 'x')]::pair[], row(3, null), '2020-01-01 01:02:03', '{"b": 1, "a": [1.50, 1e400]}',
  '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', '1 year -2 mons 3 days -04:05:06.789', '1 day 02:03:04.56', '7 years', '24:00:00-15:59', '23:59:59.999', '-92233720368547758.08', b'10101', b'1', b'101', '<a b="c">d &amp; e</a>', '\x00ff5c', '{"a": "\u00e9\\ \" \n", "": null, "bb": 1.0, "b": 100000000000000000000.0000000001}', E'{"b":1,  "a":2, "a":3, "n": 1.0e2}', '[1,10)', '(1.5,infinity]', 'empty', '["2020-01-01 00:00+02",)', '(,2020-01-01]', '(1.1,-0)', '((0,0),(1,1),(1e300,0))', '[(0,0),(1,1)]', '[(0,0),(1,1)]', '(2,2),(0,0)', '<(1,2),3>', '{1,2,3}', '''it''''s'':1A,2 fat:3', '''a b'' & !c:*', 'x', 4294967295, 'a name', 'pg_class', 'integer[]', '(0,1)', '4294967295', '16/B374D848', 'ab', 'c', 'abc', '10:20:10,14,15', true, '2020-01-01 00:00:00.123', '2020-01-01 00:00:00+00'),
 (9223372036854775807, 1, 'happy\', '{}', null, 0, '', '', 'happy\', '{}', '', row(null, null), '{}', null, '-infinity', 'null', '::1', '::/0', 'ff:ff:ff:ff:ff:ff', null, '-178000000 years', '-1 sec', '-1 year', '00:00:00+15:59', '24:00', 0, b'', b'', b'000', 'text', '', '"\ud83d\ude00"', '  [1 , 2]  ', 'empty', 'empty', '(,)', 'empty', '[2020-01-01,infinity)', '(NaN,Infinity)', '((1,1))', null, '((0,0),(1,1))', null, '<(0,0),0>', null, '', '', 'y', 0, '', '0', '-', '(4294967295,65535)', '0', '0/0', '', '', '', null, false, 'infinity', '-infinity');
insert into typed (id, js) values (2, '{"no jsonb": "\u0000"}');`;
}

function arrays(): string {
  return String.raw`
create table arrayed (id integer primary key, ia integer[], ta text[], na numeric(6,2)[], ba boolean[], bya bytea[], ja jsonb[], jsa json[], tsa timestamp[], tza timestamptz[], da date[], ua uuid[], fa real[], iva interval[], ina inet[], mda integer[][], low integer[], pts point[], bxa box[], vca varchar(5)[], cha char(3)[], ra int4range[], xa xml[], oa oid[], nma name[], moa money[], bita bit(2)[], c_a "char"[]);
insert into arrayed values (1, '{1,null,-2147483648}', array['', 'NULL', null, 'a"b', 'c\d', 'e,f', '{g}', E'h\ti\n'], '{1.50,NaN}', '{t,f,null}', array['\x00'::bytea, null], array['{"a":1}'::jsonb, 'null', null], array['{"a" :1}'::json], '{infinity,"2020-01-01 00:00:00.000001"}', '{"2020-01-01 00:00:00+02",-infinity}', '{infinity,"0044-03-15 BC"}', array['00000000-0000-0000-0000-000000000000'::uuid], '{NaN,Infinity,-0,1e-38}', '{"1 mon -1 day"}', '{::1,10.0.0.0/8}', '{{1,2},{3,null}}', '[-1:1]={7,8,9}', array['(1,2)'::point], array['(1,1),(0,0)'::box, '(2,2),(1,1)'::box], '{abcde}', '{a,b}', array['[1,2)'::int4range], array['<a/>'::xml], '{4294967295}', '{n}', array[1.5::numeric::money], array[b'10'], '{x,y}'),
 (2, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}');
insert into arrayed (id) values (3);`;
}

function numbers(): string {
  return `
create table numbered (id integer primary key, n numeric, n2 numeric(20, 5), amount numeric, f4 real, f8 double precision, i2 smallint, i8 bigint);
insert into numbered values
 (1, ('1' || repeat('0', 1000) || '.' || repeat('0', 999) || '1')::numeric, 12345.67890, 1.005, 'NaN', 'NaN', -32768, 9007199254740993),
 (2, 'NaN', 'NaN', 12.30, 'Infinity', '-Infinity', 32767, -9223372036854775808),
 (3, -0.000, 0, 1, '-0', '-0', 0, 9223372036854775807),
 (4, 1.10, 1.1, null, 1.17549435e-38, 4.9e-324, null, null),
 (5, 1e-1000, -1.00001, -5.5, 3.4028235e38, 1.7976931348623157e308, 1, 1),
 (6, 9999.0, 10000, 99999999999999999999.99, 0.1, 0.1, 2, 2);`;
}

function times(): string {
  return `
create table timed (id integer primary key, d date, ts timestamp, tz timestamptz, t time, created timestamp, date_modified timestamptz);
insert into timed values
 (1, 'infinity', 'infinity', '-infinity', '24:00', '2020-06-30 23:59:60', '2020-01-01'),
 (2, '-infinity', '-infinity', 'infinity', '00:00', null, null),
 (3, '4713-01-01 BC', '4713-01-01 00:00 BC', '4713-01-01 00:00 BC', '12:34:56.789012', '1999-12-31', null),
 (4, '5874897-12-31', '294276-12-31 23:59:59.999999', '294276-12-31 23:59:59.999999+00', null, null, null),
 (5, '0001-01-01 BC', '0001-12-31 BC', '1883-11-18 12:03:58-05', null, null, null),
 (6, '1582-10-10', '1900-02-28', '1970-01-01', null, null, null);`;
}

function tables(): string {
  const wide = Array.from({ length: 300 }, (_, i) => `c${i} ${['integer', 'text', 'numeric'][i % 3]}`).join(
    ', ',
  );
  const values = Array.from({ length: 300 }, (_, i) => (i % 7 === 0 ? 'null' : `'${i}'`)).join(', ');
  return String.raw`
create table wide (id integer primary key, ${wide});
insert into wide values (1, ${values}), (2, ${values});
create table fat (id integer primary key, cell text, bytes bytea, doc jsonb);
insert into fat values (1, repeat('ü"\ ', 1250000), decode(repeat('00ff5c0a', 1250000), 'hex'), jsonb_build_object('k', repeat('\n', 1000000))), (2, '', '', '{}');
create table empty_keyed (id integer primary key, up integer references empty_keyed, t text not null);
create table empty_bag (t text);
create table no_columns ();
insert into no_columns default values;
create table identified (id integer generated always as identity primary key, n integer generated by default as identity, s serial, t text default 'x');
insert into identified (t) values ('a'), (null), (default);
create table measures (day date not null, sensor integer not null, v numeric, primary key (day, sensor)) partition by range (day);
create table measures_2020 partition of measures for values from ('2020-01-01') to ('2021-01-01');
create table measures_rest partition of measures default;
insert into measures values ('2020-05-05', 1, 1.5), ('2021-05-05', 1, null), ('infinity', 2, 0);
create table listed (k text, v integer) partition by list (k);
create table listed_ab partition of listed for values in ('a', 'b') partition by hash (v);
create table listed_ab_0 partition of listed_ab for values with (modulus 2, remainder 0);
create table listed_ab_1 partition of listed_ab for values with (modulus 2, remainder 1);
create table listed_null partition of listed for values in (null);
insert into listed values ('a', 1), ('b', 2), (null, null), ('a', 1);
create table animal (id integer primary key, name text);
create table dog (breed text, primary key (id)) inherits (animal);
insert into animal values (1, 'cat'), (2, 'bird'); insert into dog values (3, 'rex', 'collie'), (1, 'same key as a cat', null);
create view lively as select * from animal;
create materialized view frozen as select count(*) as n from animal;
create unlogged table quick (id integer primary key, password text, password_hash text, email text unique, e_mail text);
insert into quick values (1, 'secret', 'hash', ' A@B.example ', 'x'), (2, null, null, 'a@b.example', 'Ü@b.example'), (3, null, null, 'not an address', '');
create table dropped (id integer primary key, gone text, kept text);
insert into dropped values (1, 'a', 'b'); alter table dropped drop column gone; alter table dropped add column late integer not null default 5;
insert into dropped values (2, 'c', 6);`;
}

function extensions({ extensions }: OddServer): string {
  const has = (name: string) => extensions.includes(name);
  const parts: string[] = [];
  if (has('citext'))
    parts.push(`create extension citext schema archive;
create table ci (id archive.citext primary key, up archive.citext references ci, email archive.citext unique, list archive.citext[]);
insert into ci values ('Abc', null, 'A@b.example', '{Xy,null}'), ('d', 'ABC', 'B@b.example', null), ('E', 'D', null, '{}');`);
  if (has('hstore'))
    parts.push(String.raw`create extension hstore;
create table hs (id integer primary key, h hstore, ha hstore[]);
insert into hs values (1, 'a=>"1, \"2\"", b=>NULL, ""=>"\\"', array['x=>1'::hstore, null]), (2, '', '{}'), (3, null, null);`);
  if (has('ltree'))
    parts.push(`create extension ltree schema archive;
create table lt (path archive.ltree primary key, q archive.lquery, paths archive.ltree[]);
insert into lt values ('Top.Science', 'Top.*', '{a.b,c}'), ('', null, null);`);
  if (has('pgcrypto')) parts.push('create extension pgcrypto;');
  return parts.join('\n');
}

function newer({ versionNum }: OddServer): string[] {
  const parts: string[] = [];
  if (versionNum >= 120000)
    parts.push(`create table computed (id integer primary key, a integer, twice integer generated always as (a * 2) stored, words tsvector generated always as (to_tsvector('simple', 'a' || id::text)) stored);
insert into computed (id, a) values (1, 21), (2, null);
create collation if not exists archive.caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table colla (id text collate archive.caseless primary key, up text collate archive.caseless references colla);
insert into colla values ('A', null), ('b', 'a'), ('c', 'B');`);
  if (versionNum >= 140000)
    parts.push(`create table multi (id integer primary key, im int4multirange, dm datemultirange, tm tstzmultirange, ima int4multirange[], ps pg_snapshot, x8 xid8, fm float_multirange);
insert into multi values (1, '{[1,2),[5,9)}', '{}', '{[2020-01-01 00:00+00,)}', array['{[1,2)}'::int4multirange], '10:20:10,14,15', '18446744073709551615', '{[1.5,2)}'), (2, null, null, null, null, null, null, null);
insert into numbered (id, n, f8) values (7, 'Infinity', 1), (8, '-Infinity', 2);`);
  if (versionNum >= 150000)
    parts.push(`create table scaled (id integer primary key, neg numeric(3, -2), small numeric(2, 5));
insert into scaled values (1, 12345, 0.00012), (2, -99900, -0.00099);
create table nullish (a integer, b text, unique nulls not distinct (a, b));
insert into nullish values (1, null), (null, null), (null, 'x');`);
  return parts;
}
