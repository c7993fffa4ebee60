/**
 * Foreign writers: rows of the migrated table that somebody else changed, added or deleted since the run began. Other checks see that
 * something differs; this one says that it was no fault of the move, but somebody at work in the new system before it is handed over.
 *
 * A row that others wrote again and that holds what was moved is told and is no difference; so are rows that others added to a table
 * that was theirs before.
 */
import type { Finding } from '../../core/findings.ts';
import { type Checked, type EntityCheck, type EntityChecker, rowsText, verdict } from '../entity-check.ts';
import { type ForeignRow, knowsWriters, READ_ROWS, readForeignRows } from '../foreign/foreign-rows.ts';
import type { RowComparison } from '../rows/compare-rows.ts';

const TYPE = 'foreign-writers';
/** Rows of each kind that get a finding of their own. */
const LISTED = 100;

export const foreignWriters: EntityChecker = {
  name: TYPE,
  types: ['completeness', 'accuracy'],
  applies: () => true,
  last: true,
  async run(context): Promise<Checked> {
    const { entity, plan, target, runId } = context;
    if (!(await knowsWriters(target, plan.migration))) return unknown(context, await context.comparison());
    const rows = await readForeignRows(target, context);
    const { changed, same, columns } = sortOut(rows.changed, await context.comparison());
    const intruders = context.existing ? [] : rows.added;
    const findings = [
      ...told(entity.name, changed, ({ key }) => `${shown(key)} was changed`, columns),
      ...told(entity.name, intruders, ({ id }) => `the row ${id} was added`),
      ...told(entity.name, rows.deleted, ({ key }) => `${shown(key)} was deleted`),
    ];
    const all = [...rows.changed, ...rows.added, ...rows.deleted];
    const harmless = [
      ...(same > 0
        ? [`${rowsText(same)} written again by somebody else, with the values that were moved`]
        : []),
      ...(context.existing && rows.added.length > 0
        ? [`${rowsText(rows.added.length)} of others in the same table, written meanwhile`]
        : []),
    ];
    const counts = [
      [changed.length, 'changed'],
      [intruders.length, 'added'],
      [rows.deleted.length, 'deleted'],
    ] as const;
    const wrong = counts.filter(([count]) => count > 0).map(([count, what]) => `${rowsText(count)} ${what}`);
    const message = [
      all.length === 0
        ? 'Nobody else has written to these rows since the run began.'
        : wrong.length === 0
          ? ''
          : `Somebody else has been at work in this table since the run began: ${wrong.join(', ')}${lastWrite(all)}.`,
      harmless.length === 0 ? '' : `${harmless.join('; ')}.`,
      [rows.changed, rows.added, rows.deleted].some(({ length }) => length >= READ_ROWS)
        ? 'There may be more: no further ones were read.'
        : '',
    ]
      .filter(Boolean)
      .join(' ');
    const check = verdict({
      type: TYPE,
      ok: wrong.length === 0,
      expected: '0',
      actual: String(changed.length + intruders.length + rows.deleted.length),
      message,
    });
    const minor: Finding[] = harmless.map((words) => ({
      kind: 'drift',
      severity: 'minor',
      entity: entity.name,
      check: TYPE,
      message: `${entity.name}: ${words} (run ${runId}).`,
    }));
    return { check, findings: [...findings, ...minor] };
  },
};

/** The content decides which of the rows are no longer what was moved; without a comparison all of them count. */
function sortOut(
  rows: readonly ForeignRow[],
  comparison: RowComparison | null,
): { changed: readonly ForeignRow[]; same: number; columns: ReadonlyMap<string, string[]> } {
  const columns = new Map<string, string[]>();
  if (comparison === null || comparison.differing > comparison.listed)
    return { changed: rows, same: 0, columns };
  for (const { id, column } of comparison.mismatching) columns.set(id, [...(columns.get(id) ?? []), column]);
  const gone = new Set(comparison.extraneous.map(({ id }) => id));
  const changed = rows.filter(({ id }) => columns.has(id) || gone.has(id));
  return { changed, same: rows.length - changed.length, columns };
}

function told(
  entity: string,
  rows: readonly ForeignRow[],
  what: (row: ForeignRow) => string,
  columns: ReadonlyMap<string, readonly string[]> = new Map(),
): Finding[] {
  const findings = rows.slice(0, LISTED).map((row): Finding => {
    const where = columns.get(row.id);
    const when = row.at === null ? '' : ` at ${row.at}`;
    return {
      kind: 'drift',
      severity: 'major',
      entity,
      check: TYPE,
      ...(row.key === null ? {} : { key: row.key }),
      actual: row.id,
      message: `${entity}: ${what(row)} by somebody else${where ? ` (${where.join(', ')})` : ''}${when}.`,
    };
  });
  if (rows.length <= LISTED) return findings;
  const more = `${entity}: ${what(rows[LISTED]!).replace(/^.* was /, `${rowsText(rows.length - LISTED)} more ${rows.length - LISTED === 1 ? 'was' : 'were'} `)} by somebody else.`;
  return [...findings, { kind: 'drift', severity: 'major', entity, check: TYPE, message: more }];
}

function shown(key: string | null): string {
  return key ?? 'a row';
}

function lastWrite(rows: readonly ForeignRow[]): string {
  const last = rows.flatMap(({ at }) => (at === null ? [] : [at])).sort();
  return last.length === 0 ? '' : `, last at ${last.at(-1)}`;
}

/** Rows of before this was kept, or out of a dump: what they hold is all there is to judge by. */
function unknown(context: EntityCheck, comparison: RowComparison | null): Checked {
  const proved = context.proved([context.entity.name]) && comparison !== null;
  const why =
    'Who wrote a row last is not known here: it was moved by an earlier version, or the target came out of a dump.';
  const message = proved
    ? `${why} All rows hold what was moved.`
    : `${why} Whether others wrote meanwhile follows from the comparison of rows alone.`;
  const check = verdict({ type: TYPE, ok: proved, message });
  return { check: proved ? check : { ...check, status: 'could-not-check' }, findings: [] };
}
