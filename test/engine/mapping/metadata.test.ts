/** The metadata column's bytes are exactly what jsonb prints, whatever columns are called and hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../../engine/db/binary/byte-writer.ts';
import { metadataLane } from '../../../engine/mapping/lanes/metadata.ts';
import type { Repair } from '../../../engine/mapping/misfit.ts';
import { IdMaker } from '../../../engine/mapping/uuid-v5.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const database = useTestDatabase();

const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('_repaired', '_repaired_', '', '"', '\\', '\n'),
  )
  .map((value) => value.replaceAll('\0', '').toWellFormed());
const name = text.filter((value) => value !== '');
const json = fc
  .jsonValue()
  .map((value) => JSON.stringify(value))
  .filter((value) => !value.includes('\\u0000') && !/\\ud[89a-f]/.test(value));

/** What the lane writes for one row; values are JSON as PostgreSQL prints it, or null. */
function write(
  columns: readonly string[],
  values: readonly (string | null)[],
  repairs: Repair[],
  wire: 'binary' | 'text',
): { bytes: Buffer; length: number } {
  const fields = values.map((value) => Buffer.from(value ?? ''));
  const offsets = fields.map((_, i) => fields.slice(0, i).reduce((sum, field) => sum + field.length, 0));
  const row = {
    bytes: Buffer.concat(fields),
    start: 0,
    end: 0,
    offsets: Int32Array.from(offsets),
    lengths: Int32Array.from(values.map((value, i) => (value === null ? -1 : fields[i]!.length))),
  };
  const out = new ByteWriter(16);
  const lane = metadataLane(
    columns.map((column, field) => ({ name: column, field })),
    wire,
  );
  lane(row, out, { ids: new IdMaker(new Uint8Array(16), 'x'), repairs, settled: true });
  return { bytes: Buffer.from(out.bytes.subarray(4, out.position)), length: out.bytes.readInt32BE(0) };
}

/** Keys and values of a JSON object as the server sees them. */
async function pairs(object: string, each = 'jsonb_each'): Promise<[string, string][]> {
  const sql = `select e.key, e.value::text as value from ${each}($1::jsonb) e`;
  const rows = await database.query<{ key: string; value: string }>(sql, [object]);
  return rows.map(({ key, value }) => [key, value]);
}

function sorted(list: readonly (readonly (string | null)[])[]): string[] {
  return list.map((item) => item.map((part) => part ?? '<null>').join('=')).sort();
}

test('reads back as it was written, and holds every column and every repair', async () => {
  const rows = fc.record({
    cells: fc.uniqueArray(fc.record({ name, value: fc.option(json) }), {
      maxLength: 12,
      selector: (cell) => cell.name,
    }),
    repairs: fc.uniqueArray(fc.record({ source: name, original: fc.option(text) }), {
      maxLength: 4,
      selector: (item) => item.source,
    }),
  });
  await fc.assert(
    fc.asyncProperty(rows, async ({ cells, repairs }) => {
      const values: (string | null)[] = [];
      for (const { value } of cells) {
        const [row] = await database.query<{ json: string | null }>('select $1::jsonb::text as json', [
          value,
        ]);
        values.push(row!.json);
      }
      const list = repairs.map((item): Repair => ({ ...item, column: 'c', rule: 'misfit-to-null' }));
      const { bytes, length } = write(
        cells.map((cell) => cell.name),
        values,
        list,
        'text',
      );
      expect(length).toBe(bytes.length);
      const written = bytes.toString();
      // Taken apart by the server: JSON.parse of Node 24 mixes up short keys with escapes.
      const [back] = await database.query<{ json: string }>('select $1::jsonb::text as json', [written]);
      expect(back!.json).toBe(written);
      const held = await pairs(written);
      expect(held).toHaveLength(cells.length + (repairs.length > 0 ? 1 : 0));
      for (const [i, cell] of cells.entries()) expect(held).toContainEqual([cell.name, values[i] ?? 'null']);
      if (repairs.length === 0) return;
      const [, noted] = held.find(([key]) => !cells.some((cell) => cell.name === key))!;
      const originals = repairs.map((item) => [item.source, item.original]);
      expect(sorted(await pairs(noted, 'jsonb_each_text'))).toEqual(sorted(originals));
    }),
    { numRuns: 150 },
  );
});

test('binary has the version of jsonb in front', () => {
  const { bytes } = write(['b', 'aa', 'a'], ['1', null, '"x"'], [], 'binary');
  expect(bytes[0]).toBe(1);
  expect(bytes.subarray(1).toString()).toBe('{"a": "x", "b": 1, "aa": null}');
});
