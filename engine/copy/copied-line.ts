/**
 * Which row COPY was at, from the context of the server's error: “COPY orders, line 12, column total”. The words depend on
 * the server's language and come in any order behind the table's bare name; the line is their first number. Names may hold
 * digits, commas and line breaks, so the name is cut off as it is known and never guessed.
 * Source: CopyFromErrorCallback in PostgreSQL's copyfrom.c.
 */

/** The line, from 1 on; null where the context names none, or not of this table. */
export function copiedLine(context: string, table: string): number | null {
  const start = `COPY ${table},`;
  // behind what a trigger says of itself, if one refused the row
  const at = context.startsWith(start) ? 0 : context.lastIndexOf(`\n${start}`) + 1;
  if (at === 0 && !context.startsWith(start)) return null;
  const line = /\d+/.exec(context.slice(at + start.length))?.[0];
  return line === undefined ? null : Number(line);
}
