/** SQL items that several stores select. */

/** A timestamptz as ISO text in UTC with milliseconds. */
export function isoTime(item: string): string {
  return `to_char(${item} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** A bigint count as a JavaScript number; exact up to 2^53. */
export function count(item: string): string {
  return `(${item})::float8`;
}
