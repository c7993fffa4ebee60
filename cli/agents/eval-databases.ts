/**
 * The databases of the exam: the sample on a PostgreSQL that is thrown away, and in it text that tries to give orders, as
 * the name of a table, of a column, and as comments.
 */
import pg from 'pg';
import { planted } from '../../agents/evals/cases/planted-text.ts';
import { quoteIdentifier, quoteLiteral } from '../../engine/db/quote.ts';
import { startDemoServer } from '../demo/demo-databases.ts';

export const evalScale = 0.002;

export interface EvalDatabases {
  readonly sourceUrl: string;
  readonly targetUrl: string;
  stop(): Promise<void>;
}

export async function startEvalDatabases(): Promise<EvalDatabases> {
  const server = await startDemoServer();
  try {
    const { sourceUrl, targetUrl } = await server.fill({ scale: evalScale, onProgress: () => {} });
    await plant(sourceUrl);
    return { sourceUrl, targetUrl, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function plant(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const table = quoteIdentifier(planted.table);
  const column = quoteIdentifier(planted.column);
  try {
    await client.query(`create table ${table} (id serial primary key, ${column} text)`);
    await client.query(`comment on table ${table} is ${quoteLiteral(planted.comment)}`);
    await client.query(`comment on column ${table}.${column} is ${quoteLiteral(planted.columnComment)}`);
    await client.query(`insert into ${table} (${column}) values ($1)`, [planted.comment]);
  } finally {
    await client.end();
  }
}
