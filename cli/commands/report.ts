/** `towpath report`: writes the report of a run as HTML, Markdown and JSON. */
import { extname } from 'node:path';
import type { MigrationReport } from '../../engine/contract/report.ts';
import { verdictOf } from '../../engine/report/verdict.ts';
import { usualReports } from '../../engine/workspace/places.ts';
import {
  type ReportFormat,
  reportFile,
  reportFormats,
  writeReportFile,
} from '../../engine/workspace/report-files.ts';
import type { CommandModule, Context } from '../command.ts';
import { exitCode } from '../exit-codes.ts';
import { list } from '../option-values.ts';
import { usageError } from '../usage-error.ts';

interface ReportOptions {
  readonly output?: string;
  readonly format?: readonly string[];
  readonly detailed?: boolean;
}

export interface WrittenReport {
  readonly report: MigrationReport;
  readonly files: readonly { readonly format: ReportFormat; readonly file: string }[];
}

export const reportCommand: CommandModule<ReportOptions> = {
  configure(command) {
    command
      .argument('[run]', 'the run (default: the newest)')
      .option('--output <file>', 'where to write it (default: reports/RUN.html and so on)')
      .option('--format <formats>', 'html, md, json, separated by commas (default: all of them)', list)
      .option(
        '--detailed',
        'also the values that differ and the statements that would fix them; may hold personal values',
      )
      .addHelpText('after', '\nExample:\n  towpath report --format html --output proof.html');
  },
  async run(context, options, [runId]) {
    const { report, files } = await writeReport(context, options, runId);
    const verdict = verdictOf(report);
    context.output.result({ status: 'success', runId: report.run.runId, verdict, files });
    context.output.say(verdict.sentence, '', ...files.map(({ file }) => `Wrote ${file}`));
    return exitCode.done;
  },
};

export async function writeReport(
  context: Context,
  options: ReportOptions,
  runId: string | undefined,
): Promise<WrittenReport> {
  const wanted = chooseFormats(options);
  const report = await context.withEngine('target', (engine) => engine.report(runId));
  const { renderReport } = await import('../../engine/report/render.ts');
  const files = wanted.map((format) => {
    const file = fileFor(context, options, report.run.runId, format, wanted.length > 1);
    const detailed = options.detailed ?? false;
    writeReportFile(file, { format, text: renderReport(report, format, { detailed }), detailed });
    return { format, file };
  });
  return { report, files };
}

function chooseFormats({ format, output }: ReportOptions): readonly ReportFormat[] {
  if (format === undefined) {
    const ending = output === undefined ? '' : extname(output).slice(1);
    const known = reportFormats.find((name) => name === ending);
    if (output === undefined) return reportFormats;
    if (known !== undefined) return [known];
    return ['html'];
  }
  return format.map((word) => {
    const known = reportFormats.find((name) => name === word);
    if (known === undefined)
      throw usageError(
        `There is no report format “${word}”.`,
        `Give one or more of ${reportFormats.join(', ')}.`,
      );
    return known;
  });
}

function fileFor(
  context: Context,
  { output }: ReportOptions,
  runId: string,
  format: ReportFormat,
  several: boolean,
): string {
  if (output === undefined) return reportFile(context.path(usualReports), runId, format);
  if (!several) return context.path(output);
  const ending = extname(output);
  return context.path(`${ending === '' ? output : output.slice(0, -ending.length)}.${format}`);
}
