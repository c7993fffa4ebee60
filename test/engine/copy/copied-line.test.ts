import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiedLine } from '../../../engine/copy/copied-line.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { copyIn } from '../../../engine/db/copy-in.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { quoteIdentifier, quoteTable } from '../../../engine/db/quote.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const empty = useTestDatabase();
let database: Database;

beforeAll(() => {
  database = createDatabase(empty.connection, 'target', { log: createSilentLog() });
});
afterAll(() => database.end());

const names = ['orders', 'oauth2_tokens', '2020', 'a, line 7', 'line\n9', 'ünï 5 "7"'];

async function contextOf(table: string, makeTable: string): Promise<string> {
  await empty.query(makeTable);
  const session = await database.session();
  try {
    const sink = copyIn(session, `copy ${quoteTable({ schema: 'public', name: table })} from stdin`);
    await sink.write(Buffer.from('1\n2\n3\n13\n5\n'));
    const error: unknown = await sink.end().catch((refused: unknown) => refused);
    return (error as { where: string }).where;
  } finally {
    await session.release();
  }
}

test.for(names)('a row that a check refuses, in %j', async (table) => {
  const where = await contextOf(table, `create table ${quoteIdentifier(table)} (v1 int check (v1 <> 13))`);
  expect(copiedLine(where, table)).toBe(4);
});

test('a row that a trigger refuses, whose own line stands before', async () => {
  await empty.query(`create function refuse() returns trigger language plpgsql as $$
    begin if new.v = 13 then raise exception 'no' using errcode = '22000'; end if; return new; end $$`);
  const where = await contextOf(
    'fires8',
    'create table fires8 (v int); create trigger t before insert on fires8 for each row execute function refuse()',
  );
  expect(where).toMatch(/^PL\/pgSQL/);
  expect(copiedLine(where, 'fires8')).toBe(4);
});

test('other words, another table, no line', () => {
  expect(copiedLine('COPY t2, Zeile 12, Spalte c3', 't2')).toBe(12);
  expect(copiedLine('COPY other1, line 12', 't2')).toBeNull();
  expect(copiedLine('', 't2')).toBeNull();
});
