/** Times with a zone, arrays and JSON are what a real PostgreSQL makes of the same text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../../../engine/db/binary/byte-writer.ts';
import { arrayText, readArrayText } from '../../../../engine/mapping/array-text.ts';
import { encoderFor } from '../../../../engine/mapping/encoders.ts';
import { jsonbProblem } from '../../../../engine/mapping/json-text.ts';
import { parseSqlType } from '../../../../engine/mapping/sql-type.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';
import { stepFor } from './run-step.ts';

const database = useTestDatabase();
const text = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((value) => value.replaceAll('\0', '').toWellFormed());

test.each([
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'UTC',
])('a clock in %s', async (zone) => {
  // Every half hour of the days when clocks change, and moments from all over.
  const around = await database.query<{ t: string }>(
    `select to_char(g, 'YYYY-MM-DD HH24:MI:SS') as t from unnest(array['2019-03-31', '2019-10-27', '2020-03-08', '2020-11-01',
        '2021-04-04', '2021-10-03', '2018-11-04', '2018-02-17', '1947-05-11', '2024-03-10']::timestamp[]) d,
        generate_series(d - interval '2 days', d + interval '2 days', '30 min') g`,
  );
  const anywhere = fc.sample(
    fc.date({ min: new Date('1950-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
    300,
  );
  const clocks = [
    ...around.map(({ t }) => t),
    ...anywhere.map((date) => date.toISOString().slice(0, 19).replace('T', ' ')),
  ];
  const run = stepFor({ kind: 'time-zone', zone }, 'timestamptz');
  const rows = await database.query<{ t: string; server: string; ours: string }>(
    `select t, (t::timestamp at time zone $2)::text as server, ours::timestamptz::text as ours
         from unnest($1::text[], $3::text[]) x(t, ours)`,
    [clocks, zone, clocks.map((clock) => run(clock))],
  );
  expect(rows.filter(({ server, ours }) => server !== ours)).toEqual([]);
});

test('arrays of any shape are read as the server reads them', async () => {
  const item = fc.option(
    fc.oneof(
      text,
      fc.constantFrom(
        '',
        'NULL',
        'null',
        '{}',
        '"',
        '\\',
        ',',
        ' x ',
        '\n',
        '\u00a0',
        'x\u2003',
        '\v',
        'a\\ ',
      ),
    ),
  );
  const shapes = fc.oneof(
    fc.array(item, { maxLength: 5 }),
    fc.tuple(fc.array(item, { minLength: 2, maxLength: 2 }), fc.array(item, { minLength: 2, maxLength: 2 })),
  );
  for (const list of fc.sample(shapes, 150)) {
    const [row] = await database.query<{ t: string }>('select $1::text[]::text as t', [list]);
    const read = readArrayText(row!.t)!;
    expect([row!.t, read.items]).toEqual([row!.t, list.flat()]);
    const [back] = await database.query<{ same: boolean }>('select $1::text[] = $2::text[] as same', [
      arrayText(read),
      row!.t,
    ]);
    expect([row!.t, back!.same]).toEqual([row!.t, true]);
  }
  const [row] = await database.query<{ t: string }>(
    `select '[0:1][-1:0]={{1,2},{3,NULL}}'::int[]::text as t`,
  );
  expect(arrayText(readArrayText(row!.t)!)).toBe(row!.t);
});

test.each([
  ['text[]', ['{}', '{a,NULL,""}', '{{"a b",c},{"\\"",d}}', '[0:1]={x,y}', '{"äöü 😀"}']],
  ['bigint[]', ['{1,-9223372036854775808,NULL}']],
  ['numeric(6,2)[]', ['{1,2.50,-1000}']],
  ['boolean[]', ['{t,false,NULL}']],
  ['date[]', ['{2020-02-29,infinity}']],
  ['timestamp with time zone[]', ['{"2020-02-29 10:00:00.5+00"}']],
  ['uuid[]', ['{00000000-0000-0000-0000-000000000001}']],
  ['double precision[]', ['{1.5,NaN,-Infinity}']],
  ['character varying(3)[]', ['{abc,d}']],
])('the binary form of %s is the server’s own', async (type, texts) => {
  const encode = encoderFor(parseSqlType(type), 'binary')!;
  for (const value of texts) {
    const out = new ByteWriter(64);
    expect(encode(value, out)).toBeNull();
    const [row] = await database.query<{ bytes: Buffer }>(`select array_send($1::text::${type}) as bytes`, [
      value,
    ]);
    expect(out.bytes.subarray(4, out.position).toString('hex')).toBe(row!.bytes.toString('hex'));
  }
});

test.each([
  '{a',
  '{a}}',
  '{a,,b}',
  '{{a},b}',
  '{{a},{b,c}}',
  'a',
  '',
  '{"a}',
  '{a b"c"}',
  '[1:2]={a}',
  '{a,}',
  '{{{{{{{a}}}}}}}',
])('the server takes %s for no array either', async (value) => {
  const taken = await database.query('select $1::text::text[]', [value]).then(
    () => true,
    () => false,
  );
  expect([value, readArrayText(value) !== null]).toEqual([value, taken]);
});

test.each([
  [
    'real',
    [
      '1.5',
      '-0',
      'NaN',
      ' Infinity ',
      '1e38',
      '1e39',
      '1e-50',
      '0e5',
      '0x1F',
      '1.',
      '.5',
      '',
      'abc',
      '3.4028235e38',
    ],
  ],
  ['double precision', ['1e308', '1e309', '1e-400', '0', '12', '1_000', '-.5e-3']],
  [
    'time without time zone',
    ['10:00', '23:59:59.999999', '24:00', '24:00:01', '00:00:00.5', '25:00', 'noon', '10:61', ''],
  ],
  [
    'bytea',
    ['\\x', '\\x00ff', '\\x0', '\\xzz', 'abc', 'a\\\\b', '\\000\\377', '\\400', 'ä', '\\', '\\x 0a 0b', ''],
  ],
])('%s is read as the server reads it', async (type, texts) => {
  const encode = encoderFor(parseSqlType(type), 'binary')!;
  const send =
    { real: 'float4send', 'double precision': 'float8send', bytea: 'byteasend' }[type] ?? 'time_send';
  for (const value of texts) {
    const out = new ByteWriter(64);
    const ours = encode(value, out) === null ? out.bytes.subarray(4, out.position).toString('hex') : null;
    const server = await database
      .query<{ bytes: Buffer }>(`select ${send}($1::text::${type}) as bytes`, [value])
      .then(
        ([row]) => row!.bytes.toString('hex'),
        () => null,
      );
    // What only the server reads, such as hexadecimal numbers, costs a row and no value.
    if (ours !== null || !/^(0x|1_)/.test(value)) expect([value, ours]).toEqual([value, server]);
  }
});

test('JSON is what jsonb takes', async () => {
  const odd = [
    ...[
      '"\\u0000"',
      '"\\\\u0000"',
      '"\\ud83d\\ude00"',
      '"\\ud83d"',
      '"\\ude00"',
      '"\\ud83dx\\ude00"',
      '"\\ud83d\\ud83d\\ude00"',
    ],
    ...[
      '1e400',
      '1e-400',
      '{"a":1,"a":2}',
      '01',
      '1.',
      '.5',
      '+1',
      'NaN',
      "'a'",
      '{a:1}',
      '[1,]',
      '',
      ' ',
      '\ufeff1',
      '"\t"',
      '\u00a01',
    ],
    ...[
      '1e131071',
      '1e999999',
      '"1e999999"',
      '{"\\u0000":1}',
      '"\\u000g"',
      'nul',
      '"\\/"',
      '"\\x"',
      '-',
      '-0',
      '"\u007f"',
    ],
  ];
  for (const value of [...odd, ...fc.sample(fc.json(), 100)]) {
    const taken = await database.query('select $1::text::jsonb', [value]).then(
      () => true,
      () => false,
    );
    // Beyond a thousand digits we are careful rather than exact.
    if (value === '1e131071') continue;
    expect([value, jsonbProblem(value) === null]).toEqual([value, taken]);
  }
});
