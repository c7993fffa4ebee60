/** `towpath map --drift`: what changed in the old database since it was looked at, column by column, and what to do. */
import { MigrationError } from '../../engine/core/errors.ts';
import { type DriftChange, type SourceDrift, sourceDrift } from '../../engine/plan/source-drift.ts';
import { countOf } from '../../engine/report/words.ts';
import { readCatalogFile } from '../../engine/workspace/catalog-file.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { loadPlan } from '../plan-in-use.ts';
import { plainText } from '../text/table.ts';

export async function showDrift(context: Context, catalogFile: string): Promise<ExitCode> {
  const plan = await loadPlan(context);
  const before = readCatalogFile(context.path(catalogFile));
  if (before === null)
    throw new MigrationError({
      code: 'CATALOG_MISSING',
      message: 'What the old database was like before is not kept here.',
      hint: 'Look at it first: towpath analyze',
    });
  const after = await context.withEngine('source', (engine) =>
    engine.analyze({ schemas: before.schemas, structureOnly: true }),
  );
  const drift = sourceDrift(plan, before, after);
  const fits = plan.source.fingerprint === after.fingerprint;
  context.output.result({ status: 'success', drifted: !fits, ...drift });
  context.output.say(...driftLines(drift, fits, plan.entities.length));
  return drift.affected.length + drift.waiting.length === 0 ? exitCode.done : exitCode.gateClosed;
}

function driftLines({ changes, affected, waiting }: SourceDrift, fits: boolean, entities: number): string[] {
  if (fits) return ['Nothing has changed in the tables of the old database since the plan was made.'];
  if (changes.length === 0)
    return [
      'The plan was made for another form of the old database than the kept one. Next: towpath plan --force',
    ];
  const groups = Map.groupBy(changes, ({ schema, table }) => `${schema}.${table}`);
  const free = entities - affected.length - waiting.length;
  return [
    ...[...groups].flatMap(([table, list]) => tableLines(table, list)),
    ...waiting.map(
      ({ entity, because }) => `${plainText(entity)} waits with it: it needs ${plainText(because)}.`,
    ),
    affected.length + waiting.length === 0
      ? 'None of it concerns what moves.'
      : `${countOf(affected.length + waiting.length, 'kind')} of records would wait in a move under way; ${countOf(free, 'other')} would go on.`,
  ];
}

function tableLines(table: string, changes: readonly DriftChange[]): string[] {
  return [
    plainText(table),
    ...changes.flatMap(({ text, advice }) => [`  ${plainText(text, 200)}`, `    ${plainText(advice, 200)}`]),
    '',
  ];
}
