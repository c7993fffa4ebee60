/** What a rollback took out, or would, as lines for a terminal. */
import type { LeftRow, RollbackReport, UndoneEntity } from '../../engine/contract/undo.ts';
import { shownText } from '../../engine/core/shown-text.ts';
import { countOf, formatCount } from '../../engine/report/words.ts';
import { formatTable } from './table.ts';

/** Rows of an entity that are named; all stand in `--json` up to its limit, and in towpath.left_rows. */
const NAMED = 10;

export function rollbackLines(report: RollbackReport): string[] {
  const { runId, preview, entities } = report;
  const sum = (pick: (entity: UndoneEntity) => number) =>
    entities.reduce((total, entity) => total + pick(entity), 0);
  const kept = sum((entity) => entity.kept);
  return [
    `Run ${runId}: ${countOf(
      sum((entity) => entity.rows),
      'row',
    )} of ${countOf(entities.length, 'entity')} ${preview ? 'would be' : 'were'} removed from the new database.`,
    ...(kept > 0
      ? [
          `${countOf(kept, 'row')} that the run did not bring ${preview ? 'would stay' : kept === 1 ? 'stays' : 'stay'}.`,
        ]
      : []),
    ...restoredLines(
      sum(({ restored = 0 }) => restored),
      preview,
    ),
    ...leftLines(report),
    ...forcedLines(
      sum(({ forced }) => forced),
      preview,
    ),
    ...goneLines(sum(({ goneBefore }) => goneBefore)),
    ...report.notVerified,
    ...tableLines(entities),
  ];
}

function restoredLines(rows: number, preview: boolean): string[] {
  if (rows === 0) return [];
  return [`${countOf(rows, 'row')} of them ${preview ? 'would get' : 'got'} back what the run had changed.`];
}

function leftLines({ entities, preview, runId }: RollbackReport): string[] {
  const lines = entities.flatMap(({ entity, left }) => {
    const named = left.rows.slice(0, NAMED).map((row) => `  ${entity} ${rowWords(row)}`);
    const more = left.changed + left.pointedAt - named.length;
    return more > 0 ? [...named, `  ${entity}: ${formatCount(more)} more`] : named;
  });
  if (lines.length === 0) return [];
  const rows = entities.reduce((total, { left }) => total + left.changed + left.pointedAt, 0);
  const changed = entities.some(({ left }) => left.changed > 0);
  return [
    `${countOf(rows, 'row')} of the run ${preview ? 'would stay' : rows === 1 ? 'stays' : 'stay'}, because others have changed them since or need them:`,
    ...lines,
    ...(changed
      ? [
          `To remove the changed ones as well, with what others wrote into them: towpath rollback ${runId} --force-changed --confirm`,
        ]
      : []),
  ];
}

function rowWords({ id, legacyId, reason, columns }: LeftRow): string {
  const key = legacyId === '' ? '' : ` (old key ${shownText(legacyId, 60)})`;
  if (reason === 'pointed-at') return `${id}${key}: rows that stay point to it`;
  return `${id}${key}: changed${columns === null ? '' : ` in ${columns.map((column) => shownText(column, 60)).join(', ')}`}`;
}

function forcedLines(rows: number, preview: boolean): string[] {
  if (rows === 0) return [];
  return [
    `Among the removed ${preview ? 'would be' : 'were'} ${countOf(rows, 'row')} that somebody had changed since: those changes ${preview ? 'would be' : 'are'} lost.`,
  ];
}

function goneLines(rows: number): string[] {
  return rows === 0 ? [] : [`${countOf(rows, 'row')} of the run had been deleted by others before.`];
}

function tableLines(entities: readonly UndoneEntity[]): string[] {
  const shown = entities.filter(
    ({ rows, kept, left, tableDropped }) =>
      rows > 0 || kept > 0 || left.changed + left.pointedAt > 0 || tableDropped,
  );
  if (shown.length === 0) return [];
  const rows = shown.map(({ entity, rows: removed, left, kept, tableDropped }) => [
    entity,
    formatCount(removed),
    formatCount(left.changed + left.pointedAt),
    formatCount(kept),
    tableDropped ? 'dropped' : 'stays',
  ]);
  return ['', ...formatTable(['entity', 'rows', 'left', 'of others', 'table'], rows), ''];
}
