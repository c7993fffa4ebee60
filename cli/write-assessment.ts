/** Writes the assessment beside the catalog, in the formats asked for. */
import { extname } from 'node:path';
import type { Assessment } from '../engine/report/assessment/assessment.ts';
import { type ReportFormat, reportFormats, writeReportFile } from '../engine/workspace/report-files.ts';
import type { Context } from './command.ts';
import { usageError } from './usage-error.ts';

export interface WantedAssessment {
  readonly report: string | undefined;
  readonly formats: readonly ReportFormat[];
}

/** What the options ask for, before anything is read. @throws MigrationError USAGE for a format that is none. */
export function wantedAssessment(options: {
  readonly report?: string;
  readonly format?: readonly string[];
}): WantedAssessment {
  return { report: options.report, formats: formatsOf(options.report, options.format) };
}

export async function writeAssessment(
  context: Context,
  { report, formats }: WantedAssessment,
  assessment: Assessment,
): Promise<readonly { readonly format: ReportFormat; readonly file: string }[]> {
  if (formats.length === 0) return [];
  const { renderAssessment } = await import('../engine/report/assessment/render.ts');
  const name = report ?? 'assessment';
  return formats.map((wanted) => {
    const file = context.path(fileOf(name, wanted, formats.length > 1));
    writeReportFile(file, {
      format: wanted,
      text: renderAssessment(assessment, wanted),
      detailed: false,
    });
    return { format: wanted, file };
  });
}

function formatsOf(report: string | undefined, format: readonly string[] | undefined): ReportFormat[] {
  if (format === undefined) {
    if (report === undefined) return [];
    const ending = extname(report).slice(1);
    return [reportFormats.find((known) => known === ending) ?? 'html'];
  }
  return format.map((word) => {
    const known = reportFormats.find((name) => name === word);
    if (known !== undefined) return known;
    throw usageError(
      `There is no report format “${word}”.`,
      `Give one or more of ${reportFormats.join(', ')}.`,
    );
  });
}

function fileOf(name: string, format: ReportFormat, several: boolean): string {
  const ending = extname(name);
  if (!several && ending !== '') return name;
  return `${ending === '' ? name : name.slice(0, -ending.length)}.${format}`;
}
