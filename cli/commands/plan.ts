/** `towpath plan`: proposes a plan file for the catalog. Never replaces one that is there unless told to. */
import { existsSync } from 'node:fs';
import { MigrationError } from '../../engine/core/errors.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf, formatBytes, formatDuration } from '../../engine/report/words.ts';
import type { Catalog } from '../../engine/schema/catalog.ts';
import { readCatalogFile } from '../../engine/workspace/catalog-file.ts';
import { writeTextFile } from '../../engine/workspace/files.ts';
import { usualCatalog } from '../../engine/workspace/places.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { lookAtTarget } from '../look-at-target.ts';
import { openQuestionsLine } from '../map/open-questions-line.ts';
import { list } from '../option-values.ts';
import { hashOfPlan } from '../plan-in-use.ts';
import { formatTable, plainText } from '../text/table.ts';
import { analyze } from './analyze.ts';

interface PlanOptions {
  readonly catalog: string;
  readonly schema?: readonly string[];
  readonly name?: string;
  readonly targetSchema: string;
  readonly output?: string;
  readonly force?: boolean;
}

export const planCommand: CommandModule<PlanOptions> = {
  configure(command) {
    command
      .option('--catalog <file>', 'what “towpath analyze” kept; made now if it is missing', usualCatalog)
      .option('--schema <names>', 'if the source is looked at now: only these schemas', list)
      .option('--name <name>', 'name of the migration (default: the name of the source database)')
      .option('--target-schema <name>', 'schema of the new tables', 'public')
      .option('--output <file>', 'where to write it (default: the file of --plan)')
      .option('--force', 'replace a plan file that exists, edits included')
      .addHelpText(
        'after',
        '\nThe plan is text: read it, change it, keep it in git. “towpath map” shows and checks it.',
      );
  },
  async run(context, options) {
    const file = options.output === undefined ? context.planPath : context.path(options.output);
    if (options.force !== true && existsSync(file)) throw planExists(context, file);
    const plan = await makePlan(context, options, file);
    const planHash = await hashOfPlan(plan);
    context.output.result({ status: 'success', file, planHash, plan });
    context.output.say(
      ...planLines(plan),
      '',
      `Wrote ${file}, hash ${planHash}.`,
      ...openQuestionsLine(context, plan),
      'Next: read it with “towpath map”, then: towpath rehearse',
    );
    return exitCode.done;
  },
};

export async function makePlan(context: Context, options: PlanOptions, file: string): Promise<PlanFile> {
  const { writePlan } = await import('../../engine/plan/write-plan.ts');
  const { parsePlan } = await import('../../engine/plan/plan-document.ts');
  const { migrationNameOf } = await import('../../engine/plan/migration-name.ts');
  const catalog = await catalogFor(context, options);
  const target = await lookAtTarget(context, options.targetSchema);
  const plan = await context.withEngine('source', async (engine) =>
    engine.createPlan(catalog, {
      migration: options.name ?? migrationNameOf(catalog.server.database),
      targetSchema: options.targetSchema,
      ...(target === null ? {} : { target }),
      today: context.world.clock.now().toISOString().slice(0, 10),
    }),
  );
  const text = writePlan(plan);
  writeTextFile(file, text);
  return parsePlan(text, file); // as every later command reads it, so that its hash is the same
}

async function catalogFor(context: Context, options: PlanOptions): Promise<Catalog> {
  const file = context.path(options.catalog);
  return (
    readCatalogFile(file) ??
    analyze(context, {
      output: options.catalog,
      ...(options.schema === undefined ? {} : { schema: options.schema }),
    })
  );
}

function planExists(context: Context, file: string): MigrationError {
  return new MigrationError({
    code: 'FILE_EXISTS',
    message: `There is a plan already: ${file}. It was left as it is, because it may have been edited.`,
    hint: `Read it with “${context.again('map')}”. To replace it: ${context.again('plan --force')}`,
  });
}

/** Tables that are there already, and what is filled into which. */
function targetLines(plan: PlanFile): string[] {
  const filled = plan.entities.filter(({ target }) => (target.create ?? plan.target.create) === false);
  if (filled.length === 0) return [];
  const list = filled.map(({ name, target }) => `${name} → ${target.table}`).join(', ');
  return [
    `${countOf(filled.length, 'entity')} ${filled.length === 1 ? 'fills a table' : 'fill tables'} that the target holds already: ${plainText(list, 160)}.`,
  ];
}

function planLines(plan: PlanFile): string[] {
  const levels = [...new Set(plan.entities.map((entity) => entity.level))].sort((a, b) => a - b);
  const rows = levels.map((level) => {
    const names = plan.entities.filter((entity) => entity.level === level).map((entity) => entity.name);
    return [String(level), String(names.length), plainText(names.join(', '), 90)];
  });
  return [
    `${countOf(plan.entities.length, 'entity')} in ${countOf(levels.length, 'level')}, about ${countOf(plan.estimate.rows, 'row')}, ${formatBytes(plan.estimate.bytes)}; roughly ${formatDuration(plan.estimate.seconds * 1000)} (the rehearsal measures it).`,
    ...formatTable(['level', 'entities', ''], rows, '  '),
    ...targetLines(plan),
    ...(plan.excluded.length === 0 ? [] : [`${countOf(plan.excluded.length, 'table')} left out:`]),
    ...plan.excluded.map(({ table, reason }) => `  ${plainText(table)}: ${plainText(reason, 100)}`),
    ...plan.risks
      .filter((risk) => risk.severity !== 'low')
      .map((risk) => `Risk (${risk.severity}): ${plainText(risk.text, 160)}`),
    `Groups: ${Object.keys(plan.groups).join(', ')}.`,
  ];
}
