/** One row's story on a terminal. Names and values come from databases, so each is freed of what a terminal would obey. */
import type { ExplainedColumn, RowExplanation } from '../../engine/contract/explain.ts';
import { formatMoment } from '../../engine/report/words.ts';
import { formatTable, plainText } from './table.ts';

const SHOWN = 40;

export function explanationLines(told: RowExplanation, withValues: boolean): string[] {
  return [
    plainText(told.words, 1200),
    ...movedLines(told),
    ...columnLines(told),
    ...referenceLines(told),
    ...repairLines(told),
    ...told.notKnown.map((sentence) => `Not known: ${plainText(sentence, 400)}`),
    ...(withValues || told.source === null ? [] : ['', 'Personal values are hidden; --values shows them.']),
  ];
}

function movedLines({ run, batch, retried, approval, fate, quarantine }: RowExplanation): string[] {
  if (run === null || ['unknown', 'left-out', 'not-moved'].includes(fate)) return [];
  const when = batch?.finishedAt ? `, ${formatMoment(batch.finishedAt)}` : '';
  const why = approval?.reason ? ` (${plainText(approval.reason, 120)})` : '';
  return [
    '',
    `Run ${plainText(run.runId, 80)}, ${run.state.replace('-', ' ')}${batch === null ? '' : `; batch ${batch.batchId}${when}`}; plan ${run.planHash.slice(0, 12)}`,
    ...(retried === null
      ? []
      : [
          `${retried.how === 'moved' ? 'Moved' : 'Linked again'} by a retry of what was set aside, ${formatMoment(retried.at)}`,
        ]),
    approval === null
      ? 'Approved by: no approval is recorded'
      : `Approved by: ${plainText(approval.approver, 80)}, ${formatMoment(approval.at)}${why}`,
    ...(quarantine === null
      ? []
      : [
          `Set aside ${formatMoment(quarantine.since)}: ${quarantine.reason}${quarantine.column ? `, column ${plainText(quarantine.column, 63)}` : ''}${quarantine.sqlstate ? `, SQLSTATE ${quarantine.sqlstate}` : ''}`,
        ]),
  ];
}

function columnLines({ columns, source }: RowExplanation): string[] {
  if (columns.length === 0) return source === null ? [] : ['', ...sourceLines(source)];
  const rows = columns.flatMap(stepRows);
  return [
    '',
    ...formatTable(['column', 'from', 'what the plan does', 'before', 'after', 'in the target'], rows),
  ];
}

/** A line for each transform; the column's name and what the target holds stand once. */
function stepRows({ column, from, steps, held, misfit, repaired, value }: ExplainedColumn): string[][] {
  const note = misfit === null ? repaired : `does not fit: ${misfit.message}`;
  const lines = steps.map((step, i) => [
    i === 0 ? plainText(column, 40) : '',
    i === 0 ? plainText(from ?? '', 40) : '',
    plainText(step.words, 50),
    shown(step.before),
    step.misfit === null ? shown(step.after) : 'does not fit',
    i === steps.length - 1 && note === null ? shown(held) : '',
  ]);
  if (note === null) return lines;
  return [...lines, ['', '', plainText(note, 60), '', misfit === null ? shown(value) : '', shown(held)]];
}

function sourceLines(source: NonNullable<RowExplanation['source']>): string[] {
  return formatTable(
    ['in the source', ''],
    Object.entries(source).map(([name, value]) => [plainText(name, 63), shown(value)]),
  );
}

function referenceLines({ references }: RowExplanation): string[] {
  if (references.length === 0) return [];
  const where = { moved: '', 'set-aside': 'set aside', missing: 'not in the target' } as const;
  return [
    '',
    ...formatTable(
      ['points to', 'old key', 'new id'],
      references.map(({ column, entity, legacyId, newId, fate }) => [
        plainText(`${column}: ${entity}`, 80),
        plainText(legacyId, 60),
        newId ?? where[fate],
      ]),
    ),
  ];
}

function repairLines({ repairs }: RowExplanation): string[] {
  if (repairs.length === 0) return [];
  const list = repairs.map(({ column, rule }) => `${plainText(column, 63)} (${rule})`);
  return ['', `Repaired on the way: ${list.join(', ')}`];
}

function shown(value: string | null): string {
  if (value === null) return '(empty)';
  return value === '' || value !== value.trim() ? `“${plainText(value, SHOWN)}”` : plainText(value, SHOWN);
}
