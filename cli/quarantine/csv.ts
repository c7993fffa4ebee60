/**
 * Rows as CSV (RFC 4180) that PostgreSQL reads back exactly: `copy … from … with (format csv, header)`. An empty field is no
 * value, `""` is an empty text. What Towpath says of a row stands in columns that begin with `towpath_`.
 */
import type { ExportedRow } from '../../engine/contract/quarantine.ts';

const ABOUT = [
  ['towpath_entity', 'entity'],
  ['towpath_source_table', 'sourceTable'],
  ['towpath_old_key', 'legacyId'],
  ['towpath_new_id', 'newId'],
  ['towpath_state', 'state'],
  ['towpath_reason', 'reason'],
  ['towpath_sqlstate', 'sqlstate'],
  ['towpath_constraint', 'constraint'],
  ['towpath_column', 'column'],
  ['towpath_message', 'message'],
  ['towpath_run', 'runId'],
  ['towpath_batch', 'batchId'],
  ['towpath_plan_hash', 'planHash'],
  ['towpath_set_aside_at', 'setAsideAt'],
] as const satisfies readonly (readonly [string, keyof ExportedRow])[];

export function csvHead(columns: readonly string[]): string {
  return line([...ABOUT.map(([name]) => name), ...columns]);
}

export function csvRow(row: ExportedRow, columns: readonly string[], forSpreadsheet: boolean): string {
  const about = ABOUT.map(([, field]) => row[field]);
  const own = columns.map((name) => row.row?.[name] ?? null);
  const cells = [...about, ...own].map((cell) => (cell === null ? null : String(cell)));
  return line(
    forSpreadsheet
      ? cells.map((cell) => (cell !== null && isRunBySpreadsheets(cell) ? `'${cell}` : cell))
      : cells,
  );
}

/** Spreadsheets run what begins so as a formula (OWASP, CSV injection). A number below zero is none. */
export function isRunBySpreadsheets(cell: string | null): boolean {
  return cell !== null && /^[=+\-@\t\r]/.test(cell) && !/^-\d+([.,]\d+)?$/.test(cell);
}

function line(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => (cell === null ? '' : quoted(cell))).join(',')}\n`;
}

/** Empty text and blanks at the ends keep their quotes, so that no reader takes them for nothing. */
function quoted(cell: string): string {
  return cell === '' || /[",\r\n]|^\s|\s$|^\\\.$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
