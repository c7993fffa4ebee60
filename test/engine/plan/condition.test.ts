/** Row filters: what a person would write is taken, what would do more than compare is not; the real server is the judge. */
import { describe, expect, test } from 'vitest';
import { conditionProblem } from '../../../engine/plan/condition.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const columns = ['id', 'status', 'email', 'created_at', 'total', 'data', 'Odd Name', 'from_table', 'select'];
const database = useTestDatabase();

const good = [
  'status <> 9',
  'id > 10 and id<=-3+4',
  "created_at >= date '2020-01-01' and created_at < timestamptz '2026-01-31'",
  "lower(email) like '%@example.org' or email is null",
  'status in (1, 2, 3) and not (total between 0.5 and 10)',
  `"Odd Name" = 'it''s; -- drop table'`,
  't.status = 1',
  "data ->> 'kind' = 'order' and data::jsonb @> '{}'",
  'coalesce(total, 0)::numeric(10, 2) % 2 = 0',
  'cast(total as numeric(10,2)) > 1',
  "extract(year from created_at) = 2020 and date_trunc('month', created_at) is not null",
  "status = any('{1,2}'::int[]) or status = any(array[1,2])",
  'case when status = 1 then true else false end',
  'email is distinct from $$'.replace('$$', "'x'"),
  "created_at at time zone 'Europe/Berlin' > timestamp '2020-01-01 00:00'",
  "trim(both ' ' from email) <> '' and total::double precision > 0",
  `"select" is null`,
  'true',
];

test.each(good)('is taken, by the server too: %s', async (condition) => {
  expect(conditionProblem(condition, columns)).toBeNull();
  await database.query(`create table if not exists kept (id int, status int, email text, created_at timestamptz,
    total numeric, data jsonb, "Odd Name" text, from_table text, "select" text)`);
  await database.query(`select from kept t where (${condition})`);
});

test.each([
  "created_at > now() - interval '30 days'",
  'created_at < CURRENT_DATE',
  'created_at::date = localtimestamp::date',
  "age(created_at) > interval '1 year'",
  "created_at < 'now'",
  "created_at >= date ' Yesterday '",
])('what means another row later is refused, with what to write: %s', (condition) => {
  expect(conditionProblem(condition, columns)).toMatch(
    /would choose other rows later\. Write the day itself/,
  );
});

test('a column may be called like a word of the moment', () => {
  expect(conditionProblem('age > 3', [...columns, 'age'])).toBeNull();
});

describe('is refused', () => {
  test.each([
    '1=1); drop table kept; --',
    'true) or (true',
    'true) union select (1',
    'status = 1; delete from kept',
    'status = 1 -- and id = 2',
    'status = 1 /* and */ and id = 2',
    'pg_sleep(100) is not null',
    'pg_catalog.pg_sleep(100) is not null',
    '"pg_sleep"(100) is not null',
    'pg_sleep (100) is null',
    't.pg_sleep',
    'id in (select id from other)',
    'exists (select 1)',
    'id in (values (1))',
    'id in (table other)',
    "set_config('transaction_read_only', 'off', false) = 'off'",
    "query_to_xml('drop table kept', true, true, '') is null",
    "dblink_exec('x', 'drop table kept') is null",
    "lo_export(1, '/tmp/x') = 1",
    "pg_read_file('/etc/passwd') like 'root%'",
    "nextval('kept_id_seq') > 0",
    "repeat('x', 1000000000) is not null",
    "rpad('x', 1000000000) is not null",
    "replace(replace(email, 'a', 'aaaaaaaaaa'), 'a', 'aaaaaaaaaa') is null",
    '2 ^ 1000000 > 0',
    '1e100000 > 0',
    "email ~ '((a*)*)*\\1'",
    "email similar to '(a|b)*'",
    "E'\\'' = '; drop table kept; --'",
    "e'\\'' = '; drop table kept; --'",
    "U&'\\0027' = 'x'",
    "$$x$$ = 'x'",
    "'x'::regclass = 'kept'::regclass",
    "'<a/>'::xml is null",
    "'x'::public.evil is null",
    'cast(id as public.evil) is null',
    'other.id = 1',
    't.* is null',
    'kept is null',
    'unknown_column = 1',
    'id = $1',
    'id = 1 \\gexec',
    'id in (select email)',
    'id = 1 union select id',
    "email 'x' is null",
    `"select" 'x' is null`,
    'id operator(pg_catalog.=) 1',
    'current_user = session_user',
    '(((status = 1)',
    'status = 1]',
    `${'('.repeat(60)}true${')'.repeat(60)}`,
    ` ${'id = 1 or '.repeat(1100)} true`,
    '',
    '   ',
    'id = 1\u0000',
    'id = ‘1’',
    'int(5) = 5 and evil.x(1)',
  ])('%s', (condition) => {
    expect(conditionProblem(condition, columns)).not.toBeNull();
  });
});
