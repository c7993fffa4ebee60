/** Where reports of runs lie, and what they are called. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE, writeTextFile } from './files.ts';

export const reportFormats = ['html', 'md', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface ReportDocument {
  readonly format: ReportFormat;
  readonly text: string;
  /** Holds values of rows: readable by its owner only. */
  readonly detailed: boolean;
}

export function reportFile(folder: string, runId: string, format: ReportFormat): string {
  return join(folder, `${runId.replace(/[^\w.-]/g, '_')}.${format}`);
}

export function writeReportFile(file: string, { text, detailed }: ReportDocument): void {
  writeTextFile(file, text, detailed ? PRIVATE : undefined);
}

/** Those that are there, in the order of formats. */
export function reportFilesOf(folder: string, runId: string): string[] {
  return reportFormats.map((format) => reportFile(folder, runId, format)).filter((file) => existsSync(file));
}
