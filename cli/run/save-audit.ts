/**
 * Exports the audit log to the folder `audit`, where it can be compared with the log itself later. Never over an export
 * that holds what the log no longer does: then the log is told to be broken and both stay as they are.
 */
import type { AuditVerdict } from '../../engine/contract/audit.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import {
  type AuditExport,
  newestAuditExport,
  readAuditHashes,
  writeAuditExport,
} from '../../engine/workspace/audit-export.ts';
import type { Context } from '../command.ts';

export type AuditEngine = Pick<Engine, 'auditEntries' | 'verifyAudit'>;

export function auditFolder(context: Context, named?: string): string {
  return context.path(named ?? 'audit');
}

/** By which exports of one target are told from those of another. */
export async function targetName(context: Context): Promise<string> {
  const { target } = await context.config();
  return target === null ? 'no target' : `${target.database} on ${target.host}:${target.port}`;
}

/** Null where the log has no entry. Throws AUDIT_BROKEN. */
export async function exportAudit(
  context: Context,
  engine: AuditEngine,
  folder: string,
): Promise<AuditExport | null> {
  const target = await targetName(context);
  const earlier = newestAuditExport(folder, target);
  const witness = earlier === null ? {} : { hashes: readAuditHashes(earlier.path) };
  const verdict = await engine.verifyAudit(witness);
  if (!verdict.intact) throw auditBroken(verdict, context);
  return writeAuditExport(folder, engine.auditEntries(), {
    target,
    now: context.world.clock.now(),
    verified: verdict,
  });
}

/** After a run: what goes wrong is told beside it and does not change what the run came to. */
export async function saveAudit(context: Context, engine: AuditEngine): Promise<void> {
  try {
    await exportAudit(context, engine, auditFolder(context));
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'NO_RUN') return;
    context.output.warn(`The audit log was not exported: ${whyNot(error, context)}`);
  }
}

/** A folder that may not be written to, a full disk, a server that is gone: their codes say enough. */
function whyNot(error: unknown, context: Context): string {
  if (error instanceof MigrationError) return `${error.message} ${error.hint}`;
  const { code } = error as { readonly code?: unknown };
  const what = typeof code === 'string' ? code : 'an error that nobody expected';
  return `${what}. Try it by itself: ${context.again('audit export')}`;
}

export function auditBroken(
  verdict: Extract<AuditVerdict, { intact: false }>,
  context: Context,
): MigrationError {
  const { brokenAt, entries, kind, reason } = verdict;
  const where = kind === 'cut-off' && brokenAt === '0' ? 'It has no entry left' : `Entry ${brokenAt}`;
  return new MigrationError({
    code: 'AUDIT_BROKEN',
    message: `The audit log is not what was written: ${kind.replace('-', ' ')}. ${where}: ${reason}`,
    hint: `Keep the newest export and a dump of the schema towpath as they are, and find out who may write there; the entries before are listed by: ${context.again('audit list')}. Where the schema was dropped on purpose, move the exports of the old log to another folder, or no export is made again.`,
    details: { kind, brokenAt, entriesBefore: entries },
  });
}
