import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeySet } from '../../../engine/mapping/key-set.ts';
import { IdMaker } from '../../../engine/mapping/uuid-v5.ts';

test('a set of integers says exactly which keys were added and not deleted', () => {
  const key = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(fc.array(key), fc.array(key), fc.array(key), (added, deleted, asked) => {
      const set = createKeySet({ kind: 'integer', min: -100_000, max: 100_000, rows: added.length });
      const model = new Set<number>();
      for (const k of added) {
        set.addInteger(k);
        model.add(k);
      }
      for (const k of deleted) {
        set.deleteInteger(k);
        model.delete(k);
      }
      expect(set.byInteger).toBe(true);
      expect(set.size).toBe(model.size);
      for (const k of [...asked, ...added, ...deleted]) expect(set.hasInteger(k)).toBe(model.has(k));
    }),
  );
});

test('keys far apart, and keys that are no integers, are known by id, also when there are more than expected', () => {
  const ids = new IdMaker(Buffer.alloc(16, 3), 'things');
  const set = createKeySet({ kind: 'integer', min: 1, max: 2 ** 50, rows: 10 });
  expect(set.byInteger).toBe(false);
  for (let key = 0; key < 5000; key += 2) {
    ids.fromInteger(key);
    set.addId(ids.words);
  }
  ids.fromInteger(4);
  set.deleteId(ids.words);
  for (let key = 0; key < 5000; key++) {
    ids.fromInteger(key);
    expect(set.hasId(ids.words)).toBe(key % 2 === 0 && key !== 4);
  }
  expect(set.size).toBe(2499);
});
