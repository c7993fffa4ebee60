/** Makes a fresh database look like a Supabase project, for the demo and for tests. May run again. */
import { supabaseOutline } from './outline.sql.ts';

/** A `pg` client, or anything else that runs one statement on one database. */
export type StatementRunner = { query(text: string): Promise<unknown> };

export async function outlineSupabase(database: StatementRunner): Promise<void> {
  await database.query("set client_min_messages = 'error'");
  for (const statement of supabaseOutline) await database.query(statement);
}
