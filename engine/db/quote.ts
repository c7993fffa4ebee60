/** The one place where names and texts become SQL. */
import { MigrationError } from '../core/errors.ts';

/** Longer names are cut by the server without a word, so two could become one. Bytes of UTF-8. */
const MAX_IDENTIFIER_BYTES = 63;

/** Throws INVALID_IDENTIFIER for a name that is empty, too long, or holds a NUL. */
export function quoteIdentifier(name: string): string {
  if (name === '' || name.includes('\0') || Buffer.byteLength(name) > MAX_IDENTIFIER_BYTES) {
    throw new MigrationError({
      code: 'INVALID_IDENTIFIER',
      message: `"${name.replaceAll('\0', '\\0').slice(0, 80)}" cannot be the name of a table, column or other object.`,
      hint: `A name has 1 to ${MAX_IDENTIFIER_BYTES} bytes and no NUL. Choose a shorter one in the plan.`,
    });
  }
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteTable(table: { readonly schema: string; readonly name: string }): string {
  return `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}`;
}

/** For the few places that take no parameter: DDL, COPY. Right under either setting of standard_conforming_strings. */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) {
    throw new MigrationError({
      code: 'INVALID_LITERAL',
      message: 'A text holds a NUL byte, which PostgreSQL cannot store.',
      hint: 'Take the NUL out of the text.',
    });
  }
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
