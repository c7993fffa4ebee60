/** Tables that travel as text: what stands in the target is, letter for letter, what stood in the source. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedTables, moveTables } from './moved-tables.ts';

const source = useTestDatabase();
const target = useTestDatabase();

const HOSTILE = [
  '',
  ' ',
  '\\N',
  '\\n',
  '\n',
  '\r\n',
  '\t',
  'a\tb',
  '\\',
  '\\\\',
  '\\.',
  '\\.\n',
  'NULL',
  'null',
  '"',
  "'",
  '{}',
  '{"a",b}',
  '\b\f\v',
  '\u0001\u001f\u007f',
  'ü 東京 😀',
  '\u202e',
  'x'.repeat(70_000),
  '\\t\\x41\\101',
  'end\\',
];
const anyText = fc
  .string({ unit: 'binary', maxLength: 40 })
  .map((text) => text.replaceAll('\0', '').toWellFormed());

let texts: (string | null)[];
let moved: MovedTables;

beforeAll(async () => {
  texts = [null, ...HOSTILE, ...fc.sample(anyText, 300)];
  await source.query(`
    create type mood as enum ('', 'sad', 'it''s "ok", {x}', 'tab\t', 'back\\slash', 'NULL', '\\N');
    create type pair as (a text, b mood[]);
    create table texts (id int primary key, t text, v varchar, moods mood[], duo pair, doc jsonb, raw json, bytes bytea,
      n numeric, f float8, r real, at timestamptz, day date, i interval, ip inet, b boolean, list text[], amount numeric);`);
  for (const [id, text] of texts.entries()) {
    await source.query(
      `insert into texts values ($1::int, $2::text, $2::text, case when $1::int % 3 = 0 then null when $1::int % 3 = 1 then enum_range(null::mood) || null::mood
          else '{}' end, row($2::text, enum_range(null::mood)), jsonb_build_object('k', $2::text), json_build_object('k', $2::text),
        convert_to($2::text, 'UTF8'), 1e-30 * $1::int, 'NaN', '-0', 'infinity', '0044-03-15 BC', '-1 mon', '::1', $1::int % 2 = 0,
        array[$2::text, null, '', 'NULL'], 1.50)`,
      [id, text],
    );
  }
  moved = await moveTables(source, target, (plan) => ({
    ...plan,
    entities: plan.entities.map((entity) => ({
      ...entity,
      columns: [
        ...entity.columns.map((column) => ({
          ...column,
          // Reading by the target's own types, transforms before them, and a whole row as one text.
          ...(column.to === 'moods' ? { type: 'text[]' } : {}),
          ...(column.to === 'r' ? { type: 'real' } : {}),
          // An interval that is computed has no binary form here, so the whole row travels as text.
          ...(column.to === 'v' || column.to === 'i'
            ? { transform: [{ kind: 'copy' as const }, { kind: 'copy' as const }] }
            : {}),
        })),
        {
          to: 'duo_text',
          from: 'duo',
          type: 'text',
          nullable: true,
          transform: { kind: 'cast' as const },
          onMisfit: 'quarantine' as const,
          confidence: 1,
          reason: 'test',
        },
      ],
    })),
  }));
});

test('every row arrives', async () => {
  expect(moved.wires.get('texts')).toBe('text');
  expect(moved.rejects).toEqual([]);
  expect(await target.query('select count(*)::int as n from texts')).toEqual([{ n: texts.length }]);
});

test('null stays null and empty stays empty', async () => {
  const rows = await target.query<{ t: string | null; v: string | null }>(
    'select t, v from texts order by legacy_id',
  );
  expect(rows.map((row) => row.t)).toEqual(texts);
  expect(rows.map((row) => row.v)).toEqual(texts);
});

test.each(['t', 'v', 'moods', 'doc', 'bytes', 'n', 'f', 'r', 'at', 'day', 'i', 'ip', 'b', 'list', 'amount'])(
  '%s has the same text on both sides',
  async (column) => {
    const before = await source.query(`select ${column}::text as value from texts order by id`);
    const after = await target.query(`select ${column}::text as value from texts order by legacy_id`);
    expect(after).toEqual(before);
  },
);

test('a value made of parts is in its text where that is asked for, and as JSON', async () => {
  const before = await source.query(
    'select duo::text as whole, to_jsonb(duo)::text as json from texts order by id',
  );
  const after = await target.query(
    `select duo_text as whole, duo::text as json from texts order by legacy_id`,
  );
  expect(after).toEqual(before);
});
