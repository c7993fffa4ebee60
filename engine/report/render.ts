/** A report in the format asked for. Every format holds the same statements. */

import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { ReportData } from './report-data.ts';

export type ReportFormat = 'html' | 'md' | 'json';

export interface RenderOptions {
  /** Also values that differ and statements that would fix them: these may be personal. */
  readonly detailed: boolean;
}

export function renderReport(report: ReportData, format: ReportFormat, options: RenderOptions): string {
  switch (format) {
    case 'html':
      return renderHtml(report, options);
    case 'md':
      return renderMarkdown(report, options);
    case 'json':
      return renderJson(report, options);
  }
}
