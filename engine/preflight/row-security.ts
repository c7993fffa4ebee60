import type { Database } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import { type Check, fail, listed, pass } from './check.ts';
import { nameOf } from './source-privileges.ts';
import type { SourceTable } from './source-tables.ts';

const LONGEST = '15s';
/** Tables that are counted; more would only repeat the message. */
const COUNTED = 5;

/**
 * Does a policy of the source hide rows from this user? A migration would then “succeed” with rows missing. Towpath’s
 * sessions set row_security = off, so such a table refuses to be read at all; here the hidden rows are shown in numbers.
 */
export const rowSecurity: Check = {
  name: 'source-row-security',
  needs: ['source'],
  async look(context) {
    const policed = (await context.sourceTables()).filter((table) => table.policed);
    if (policed.length === 0) return pass('No row-level security hides rows of the source from this user.');
    const seen: string[] = [];
    for (const table of policed.slice(0, COUNTED))
      seen.push(await describe(context.database('source'), table));
    const more = policed.length > COUNTED ? ` and ${policed.length - COUNTED} more tables` : '';
    return fail(
      `Row-level security of the source decides what this user sees: ${listed(seen)}${more}.`,
      'Read as the tables’ owner or a superuser, or give the reader the attribute: alter role … bypassrls. Rows would be missing otherwise.',
    );
  },
};

async function describe(source: Database, table: SourceTable): Promise<string> {
  const about = table.estimatedRows === null ? '' : ` of about ${table.estimatedRows}`;
  const visible = table.readable ? await countVisible(source, table) : 'no';
  return `${nameOf(table)} (${visible}${about} rows visible)`;
}

async function countVisible(source: Database, table: SourceTable): Promise<string> {
  try {
    return await source.transaction(async (session) => {
      await session.query(`set local row_security = on`);
      await session.query(`set local statement_timeout = '${LONGEST}'`);
      const [row] = await session.query<{ rows: string }>(
        `select count(*)::text as rows from ${quoteTable(table)}`,
      );
      return row!.rows;
    });
  } catch {
    return 'an unknown number';
  }
}
