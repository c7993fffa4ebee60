/** The names by which the renderers know the parts of a report; their shapes are the engine's contract. */
import type { MigrationReport } from '../contract/report.ts';
import type { RunStatus } from '../contract/run.ts';
import type { ValidationReport } from '../contract/validation.ts';

export type ReportData = MigrationReport;
export type ReportedRun = RunStatus;
export type ReportedEntity = RunStatus['entities'][number];
export type ReportedCause = MigrationReport['causes'][number];
export type ReportedValidation = ValidationReport;
export type ReportedCheck = ValidationReport['checks'][number];
export type ReportedMoney = ValidationReport['money'][number];
