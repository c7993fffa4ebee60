/** `towpath analyze`: reads the source's structure and a bounded sample, and keeps it as a catalog file. */

import { countOf } from '../../engine/report/words.ts';
import type { Catalog } from '../../engine/schema/catalog.ts';
import { writeJsonFile } from '../../engine/workspace/files.ts';
import { usualCatalog } from '../../engine/workspace/places.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { lookAtTarget } from '../look-at-target.ts';
import { list, wholeNumber } from '../option-values.ts';
import { assessmentLines } from '../text/assessment-lines.ts';
import { catalogLines } from '../text/catalog-lines.ts';
import { wantedAssessment, writeAssessment } from '../write-assessment.ts';

interface AnalyzeOptions {
  readonly schema?: readonly string[];
  readonly output: string;
  readonly sample?: number;
  readonly countAll?: boolean;
  readonly report?: string;
  readonly format?: readonly string[];
}

export const analyzeCommand: CommandModule<AnalyzeOptions> = {
  configure(command) {
    command
      .option('--schema <names>', 'only these schemas, separated by commas (default: all of them)', list)
      .option('--output <file>', 'where to keep the catalog', usualCatalog)
      .option('--sample <rows>', 'rows of each table whose values are looked at', wholeNumber(100, 100_000))
      .option(
        '--count-all',
        'count also tables of more than five million rows or one gigabyte, by reading them whole',
      )
      .option(
        '--report <file>',
        'write the assessment: how hard, what to decide, what does not move by itself',
      )
      .option('--format <formats>', 'of the report: html, md, json (default: by its ending, or html)', list)
      .addHelpText(
        'after',
        '\nOnly reads. Examples:\n  towpath analyze --schema public,billing\n  towpath analyze --report assessment.html',
      );
  },
  async run(context, options) {
    const wanted = wantedAssessment(options);
    const catalog = await analyze(context, options);
    const target = await lookAtTarget(context, 'public');
    const file = context.path(options.output);
    const { assess } = await import('../../engine/report/assessment/assess.ts');
    const assessment = assess(catalog, { target });
    const reports = await writeAssessment(context, wanted, assessment);
    context.output.result({ status: 'success', file, catalog, assessment, reports });
    context.output.say(
      ...catalogLines(catalog),
      '',
      ...assessmentLines(assessment),
      '',
      ...targetLines(target),
      ...reports.map((report) => `Wrote ${report.file}`),
      `Kept in ${file}. Next: towpath plan`,
    );
    return exitCode.done;
  },
};

export async function analyze(context: Context, options: AnalyzeOptions): Promise<Catalog> {
  const catalog = await context.withEngine('source', (engine) =>
    engine.analyze({
      ...(options.schema === undefined ? {} : { schemas: options.schema }),
      ...(options.sample === undefined ? {} : { sampleRows: options.sample }),
      ...(options.countAll ? { counts: 'all' as const } : {}),
    }),
  );
  writeJsonFile(context.path(options.output), catalog);
  return catalog;
}

function targetLines(target: Catalog | null): string[] {
  if (target === null) return [];
  const tables = target.tables.filter(({ kind }) => kind === 'table' || kind === 'partitioned').length;
  return [`The target holds ${countOf(tables, 'table')} already; the plan fills those that match.`];
}
