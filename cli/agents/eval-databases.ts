/**
 * The databases of the exam: the sample on a PostgreSQL that is thrown away, and in it text that tries to give orders, as
 * the name of a table, of a column, and as comments.
 */
import { planted } from '../../agents/evals/cases/planted-text.ts';
import { startFreshSample } from '../../desk/fresh-sample.ts';
import { onDatabase } from '../../desk/on-database.ts';
import type { SampleDatabases } from '../../desk/sample-databases.ts';
import { quoteIdentifier, quoteLiteral } from '../../engine/db/quote.ts';

export const evalScale = 0.002;

export async function startEvalDatabases(): Promise<SampleDatabases> {
  const sample = await startFreshSample(evalScale);
  try {
    await plant(sample.sourceUrl);
    return sample;
  } catch (error) {
    await sample.stop();
    throw error;
  }
}

async function plant(url: string): Promise<void> {
  const table = quoteIdentifier(planted.table);
  const column = quoteIdentifier(planted.column);
  await onDatabase(url, async (client) => {
    await client.query(`create table ${table} (id serial primary key, ${column} text)`);
    await client.query(`comment on table ${table} is ${quoteLiteral(planted.comment)}`);
    await client.query(`comment on column ${table}.${column} is ${quoteLiteral(planted.columnComment)}`);
    await client.query(`insert into ${table} (${column}) values ($1)`, [planted.comment]);
  });
}
