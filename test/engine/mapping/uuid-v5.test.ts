import fc from 'fast-check';
import { v5 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../engine/db/binary/byte-writer.ts';
import { IdMaker, uuidBytes, uuidText, uuidV5 } from '../../../engine/mapping/uuid-v5.ts';

const namespace = '8c2b7a8e-54d0-4bd6-9d6f-3a3f0c1f2b11';

function made(ids: IdMaker): string {
  const out = new ByteWriter(16);
  ids.write(out);
  return uuidText(out.bytes);
}

describe('ids of version 5', () => {
  test('agree with the uuid library for every integer key', () => {
    const ids = new IdMaker(uuidBytes(namespace), 'orders');
    const entity = v5('orders', namespace);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (key) => {
        ids.fromInteger(key);
        expect(made(ids)).toBe(v5(String(key), entity));
        expect(ids.keyText()).toBe(String(key));
      }),
    );
  });

  test('agree with the uuid library for text keys of any length, on both sides of one block', () => {
    const ids = new IdMaker(uuidBytes(namespace), 'role_permissions');
    const entity = v5('role_permissions', namespace);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (key) => {
        const bytes = Buffer.from(key);
        ids.fromBytes(bytes, 0, bytes.length);
        expect(made(ids)).toBe(v5(bytes.toString('utf8'), entity));
      }),
    );
  });

  test('differ between entities and between namespaces', () => {
    const other = uuidV5(uuidBytes(namespace), 'elsewhere');
    const texts = [
      [uuidBytes(namespace), 'orders'],
      [uuidBytes(namespace), 'patients'],
      [other, 'orders'],
    ].map(([space, entity]) => {
      const ids = new IdMaker(space as Buffer, entity as string);
      ids.fromInteger(7);
      return made(ids);
    });
    expect(new Set(texts).size).toBe(3);
  });
});
