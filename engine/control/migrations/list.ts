/** The control schema's migrations in their order. Append; never change, move or remove a line. */
import { ledger } from './0001-ledger.sql.ts';
import { approvalCards } from './0002-approval-cards.sql.ts';
import { existingTarget } from './0003-existing-target.sql.ts';
import { causes } from './0004-causes.sql.ts';
import { undoing } from './0005-undoing.sql.ts';
import { recoveries } from './0006-recoveries.sql.ts';
import { auditGuard } from './0007-audit-guard.sql.ts';
import { retriedRows } from './0008-retried-rows.sql.ts';

export interface ControlMigration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const controlMigrations: readonly ControlMigration[] = [
  { version: 1, name: 'ledger', sql: ledger },
  { version: 2, name: 'approval-cards', sql: approvalCards },
  { version: 3, name: 'existing-target', sql: existingTarget },
  { version: 4, name: 'causes', sql: causes },
  { version: 5, name: 'undoing', sql: undoing },
  { version: 6, name: 'recoveries', sql: recoveries },
  { version: 7, name: 'audit-guard', sql: auditGuard },
  { version: 8, name: 'retried-rows', sql: retriedRows },
];
