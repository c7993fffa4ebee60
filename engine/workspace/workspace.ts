/**
 * The files of one migration: its catalog, plan, newest rehearsal and reports, in one folder. Each is written whole or not
 * at all; what is missing reads as null, what is broken is an error that says how to make it anew. What has happened to
 * rows is not kept here: the control schema knows that.
 */
import { dirname, join } from 'node:path';
import type { RehearsalReport } from '../contract/rehearsal.ts';
import type { ReadCode } from '../plan/read-code.ts';
import type { Catalog } from '../schema/catalog.ts';
import { readCatalogFile, writeTargetCatalog } from './catalog-file.ts';
import { codeBeside } from './code-files.ts';
import { readTextFile, writeJsonFile, writeTextFile } from './files.ts';
import { usualCatalog, usualPlan, usualRehearsal, usualReports, usualTargetCatalog } from './places.ts';
import { type PlanOnFile, readAndCheck, rememberPlan } from './plan-on-file.ts';
import { readRehearsalFile, writeRehearsalFile } from './rehearsal-file.ts';
import { rememberFile } from './remembered-file.ts';
import { type ReportDocument, reportFile, reportFilesOf, writeReportFile } from './report-files.ts';

export interface WorkspacePlace {
  /** Absolute; the other places are in it unless told. */
  readonly folder: string;
  readonly planPath?: string;
  readonly catalogPath?: string;
  readonly reportFolder?: string;
}

export interface Workspace {
  readonly folder: string;
  readonly planPath: string;
  readonly catalogPath: string;
  readCatalog(): Catalog | null;
  writeCatalog(catalog: Catalog): void;
  /** Of the target, where it held tables already. */
  readTargetCatalog(): Catalog | null;
  /** Null: it holds none. */
  writeTargetCatalog(catalog: Catalog | null): void;
  /** Code files beside the plan. */
  readonly readCode: ReadCode;
  /** Null: there is no plan file. */
  planText(): string | null;
  /** Read, and checked against the kept catalog. Null: there is no plan file. */
  planOnFile(): PlanOnFile | null;
  /** A text that is not written yet, as the file would be read. */
  checkPlanText(text: string): PlanOnFile;
  writePlanText(text: string): void;
  readRehearsal(): RehearsalReport | null;
  writeRehearsal(report: RehearsalReport): void;
  /** Returns the files written. */
  writeReport(runId: string, documents: readonly ReportDocument[]): string[];
  /** Of this run, those that are there. */
  reportFiles(runId: string): string[];
}

export function createWorkspace(place: WorkspacePlace): Workspace {
  const { folder } = place;
  const planPath = place.planPath ?? join(folder, usualPlan);
  const catalogPath = place.catalogPath ?? join(folder, usualCatalog);
  const rehearsalPath = join(folder, usualRehearsal);
  const readCode = codeBeside(dirname(planPath));
  const reports = place.reportFolder ?? join(folder, usualReports);
  const readCatalog = rememberFile(catalogPath, readCatalogFile);
  const targetPath = join(folder, usualTargetCatalog);
  const readTargetCatalog = rememberFile(targetPath, readCatalogFile);
  const planText = rememberFile(planPath, readTextFile);
  const readRehearsal = rememberFile(rehearsalPath, readRehearsalFile);
  const checkedPlan = rememberPlan(readCode);
  return {
    folder,
    planPath,
    catalogPath,
    readCode,
    readCatalog,
    writeCatalog: (catalog) => writeJsonFile(catalogPath, catalog),
    readTargetCatalog,
    writeTargetCatalog: (catalog) => writeTargetCatalog(targetPath, catalog),
    planText,
    planOnFile() {
      const text = planText();
      return text === null
        ? null
        : checkedPlan({ text, catalog: readCatalog(), target: readTargetCatalog() });
    },
    checkPlanText: (text) =>
      readAndCheck({ text, catalog: readCatalog(), target: readTargetCatalog() }, readCode),
    writePlanText: (text) => writeTextFile(planPath, text),
    readRehearsal,
    writeRehearsal: (report) => writeRehearsalFile(rehearsalPath, report),
    writeReport: (runId, documents) =>
      documents.map((document) => {
        const file = reportFile(reports, runId, document.format);
        writeReportFile(file, document);
        return file;
      }),
    reportFiles: (runId) => reportFilesOf(reports, runId),
  };
}
