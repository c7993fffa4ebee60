/** Entities without code are copied as if there were no code anywhere: the same reader, the same fields, nothing asked for a row. */
import { expect, test } from 'vitest';
import { createReadingLedger } from '../../../engine/copy/key-ledger.ts';
import { createPreparation } from '../../../engine/copy/prepare.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { copyOut } from '../../../engine/db/copy-out.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { openShop, SPLIT, withCode } from './coded-shop.ts';

test('only the rows of an entity with code take another way', async () => {
  const { plan, catalog, source } = await openShop(null);
  const coded = withCode(
    plan,
    [
      { to: 'first_name', type: 'text', transform: { kind: 'code' } },
      { to: 'last_name', type: 'text', transform: { kind: 'code' } },
    ],
    { code: [{ source: SPLIT, reads: ['full_name'], writes: ['first_name', 'last_name'] }] },
  );
  const database = createDatabase(source.connection, 'source', { log: createSilentLog() });
  const session = await database.session();
  try {
    const prepare = (of: typeof plan) =>
      createPreparation({
        plan: of,
        catalog,
        runId: 'none',
        namespace: new Uint8Array(16),
        ledger: createReadingLedger(null, of.migration, session),
        source: session,
      });
    const [plain, beside] = [prepare(plan), prepare(coded)];
    for (const load of [
      await plain.prepare('people'),
      await plain.prepare('notes'),
      await beside.prepare('notes'),
    ]) {
      expect(load.read).toBe(copyOut);
      expect(load.compiled.code).toEqual([]);
      expect(load.compiled.fields).toBe(load.compiled.select.length);
    }
    const people = await beside.prepare('people');
    expect(people.read).not.toBe(copyOut);
    expect(people.compiled.fields).toBe(people.compiled.select.length + 3);
  } finally {
    await session.release();
    await database.end();
  }
});
