/** Links of every kind are followed: references, and those that lead to one of several tables. */
import { expect, test } from 'vitest';
import { createSilentLog } from '../../../../engine/core/log.ts';
import { createDatabase } from '../../../../engine/db/database.ts';
import type { PlanEntity, PlanFile } from '../../../../engine/plan/plan-file.ts';
import { openLinks } from '../../../../engine/rehearsal/chaos/closed-links.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';

const target = useTestDatabase();

const entity = (
  name: string,
  ...links: readonly Pick<PlanEntity['columns'][number], 'to' | 'transform'>[]
) => ({
  name,
  target: { schema: 'moved', table: name, create: true },
  columns: [{ to: 'key', transform: { kind: 'uuid' } }, ...links],
});
const plan = {
  target: { schema: 'moved' },
  entities: [
    entity('people'),
    entity('orders'),
    entity('notes', {
      to: 'about',
      transform: {
        kind: 'polymorphic',
        typeColumn: 'kind',
        entities: { 7: 'people', 8: 'orders' },
        onMissing: 'null',
      },
    }),
    entity('visits', { to: 'person', transform: { kind: 'reference', entity: 'people', onMissing: 'null' } }),
  ],
} as unknown as PlanFile;

const id = (no: number) => `'00000000-0000-4000-8000-00000000000${no}'`;

test('a link to any of its tables is closed, one to none is told with its column', async () => {
  await target.query(`create schema moved;
    create table moved.people (key uuid); insert into moved.people values (${id(1)});
    create table moved.orders (key uuid); insert into moved.orders values (${id(2)});
    create table moved.notes (key uuid, about uuid);
    insert into moved.notes values (${id(3)}, ${id(1)}), (${id(4)}, ${id(2)}), (${id(5)}, null);
    create table moved.visits (key uuid, person uuid); insert into moved.visits values (${id(6)}, ${id(1)});`);
  const database = createDatabase(target.connection, 'target', { log: createSilentLog() });
  try {
    expect(await openLinks(database, plan)).toEqual([]);
    await target.query(`update moved.notes set about = ${id(9)} where key = ${id(4)}`);
    await target.query(`update moved.visits set person = ${id(2)}`);
    expect(await openLinks(database, plan)).toMatchObject([
      { check: 'references', entity: 'notes', rows: 1, message: 'notes: 1 link in about leads nowhere.' },
      { check: 'references', entity: 'visits', rows: 1 },
    ]);
  } finally {
    await database.end();
  }
});
