import { expect, test } from 'vitest';
import { ByteWriter } from '../../../engine/db/binary/byte-writer.ts';
import { createKeySet } from '../../../engine/mapping/key-set.ts';
import { ParentKeys } from '../../../engine/mapping/parent-keys.ts';
import { IdMaker } from '../../../engine/mapping/uuid-v5.ts';

function parentKeys(name: string): ParentKeys {
  const keys = createKeySet({ kind: 'integer', min: 1, max: 10, rows: 10 });
  return new ParentKeys(name, 'integer', keys, new IdMaker(Buffer.alloc(16), name));
}

test('tables that are nobody’s parent take next to no room', () => {
  const before = process.memoryUsage().arrayBuffers;
  const kept = Array.from({ length: 200 }, (_, n) => parentKeys(`t${n}`));
  expect(kept.length).toBe(200);
  // 75 MB where each has room for the ids of its children's parents.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

test('an id comes out the same from the kept ones, and where two keys share a place', () => {
  const parent = parentKeys('parents');
  const write = (key: number) => {
    const out = new ByteWriter();
    out.ensure(16);
    parent.writeInteger(key, out);
    return Buffer.from(out.bytes.subarray(0, 16)).toString('hex');
  };
  const first = write(5);
  const other = write(5 + (1 << 14));
  expect([write(5), write(5), write(5 + (1 << 14))]).toEqual([first, first, other]);
  expect(other).not.toBe(first);
  expect(parent.idOf('5').replaceAll('-', '')).toBe(first);
});
