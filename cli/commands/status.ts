/** `towpath status`: where a run stands, entity by entity. */

import type { EntityStatus, RunStatus } from '../../engine/contract/run.ts';
import { helpFor } from '../../engine/core/errors.ts';
import { redactText } from '../../engine/core/redaction.ts';
import { countOf, duplicateCount, formatCount, formatMoment } from '../../engine/report/words.ts';
import type { CommandModule } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { formatTable } from '../text/table.ts';
import { stateWords } from './list.ts';

interface StatusOptions {
  readonly details?: boolean;
}

export const statusCommand: CommandModule<StatusOptions> = {
  configure(command) {
    command.argument('[run]', 'the run (default: the newest)').option('--details', 'a line for every entity');
  },
  async run(context, options, [runId]) {
    const run = await context.withEngine('target', (engine) => engine.status(runId));
    context.output.result({ status: 'success', run });
    context.output.say(...statusLines(run, options.details ?? false));
    const next = nextStep(run);
    if (next !== null) context.output.say(`Next: ${context.again(next)}`);
    return exitCode.done;
  },
};

function statusLines(run: RunStatus, details: boolean): string[] {
  const sum = (pick: (entity: EntityStatus) => number) =>
    run.entities.reduce((total, entity) => total + pick(entity), 0);
  const wanted = sum((e) => e.totalRecords - e.excluded);
  const done = run.entities.filter((entity) => entity.state === 'completed').length;
  const same = sum((e) => e.duplicates ?? 0) > 0;
  const shown = details ? run.entities : run.entities.filter(deservesLine);
  return [
    `Run ${run.runId} (${run.migration}): ${stateWords(run)}, started ${formatMoment(run.startedAt)}.`,
    `${formatCount(sum((e) => e.written))} of ${countOf(wanted, 'row')} moved, ${formatCount(sum((e) => e.quarantined))} set aside${duplicateCount(sum((e) => e.duplicates ?? 0))}, ${formatCount(sum((e) => e.repaired))} with a noted repair; ${done} of ${countOf(run.entities.length, 'entity')} complete.`,
    ...(run.error === null
      ? []
      : [
          `Stopped because: ${redactText(run.error.message)}`,
          `What helps: ${redactText(run.error.hint)}`,
          `More: ${helpFor(run.error.code)}`,
        ]),
    ...(shown.length === 0
      ? []
      : [
          '',
          ...formatTable(
            [
              'entity',
              'level',
              'state',
              'rows',
              'moved',
              'set aside',
              'repaired',
              ...(same ? ['same record'] : []),
            ],
            shown.map((entity) => entityRow(entity, same)),
          ),
        ]),
  ];
}

const deservesLine = (entity: EntityStatus) =>
  entity.quarantined > 0 || ['copying', 'finishing', 'failed'].includes(entity.state);

function entityRow(entity: EntityStatus, same: boolean): string[] {
  const { duplicates = 0, quarantined, repaired, totalRecords, written } = entity;
  const figures = [totalRecords, written, quarantined, repaired, ...(same ? [duplicates] : [])].map(
    formatCount,
  );
  return [entity.entity, String(entity.level), entity.state, ...figures];
}

function nextStep(run: RunStatus): string | null {
  if (run.alive) return `watch ${run.runId}`;
  if (['paused', 'failed', 'copying', 'copied', 'validating'].includes(run.state))
    return `resume ${run.runId}`;
  return run.state === 'completed' ? `report ${run.runId}` : null;
}
