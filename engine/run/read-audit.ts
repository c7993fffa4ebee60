/**
 * The audit log as callers of the engine read it. A target without a control schema has none; where something was kept of one,
 * that is a log whose end is gone, and no question without an answer.
 */
import type { AuditEntry, AuditVerdict, AuditWitness } from '../contract/audit.ts';
import { FIRST, hashOf, judgeChain } from '../control/audit-chain.ts';
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import { noRun } from './request-stop.ts';

export interface AuditReader {
  /** Newest first. Throws NO_RUN. */
  auditLog(limit: number): Promise<AuditEntry[]>;
  /** Oldest first, all of them, each held against its hash and the one before as it comes. Throws NO_RUN, AUDIT_BROKEN. */
  auditEntries(): AsyncIterable<AuditEntry>;
  /** Throws NO_RUN where there is no log and no witness of one. */
  verifyAudit(witness?: AuditWitness): Promise<AuditVerdict>;
}

export function createAuditReader(control: Pick<Control, 'state' | 'audit'>): AuditReader {
  const isAbsent = async () => (await control.state()) === 'absent';
  return {
    async auditLog(limit) {
      if (await isAbsent()) throw noRun();
      return control.audit.latest(limit);
    },
    async *auditEntries() {
      if (await isAbsent()) throw noRun();
      let before = FIRST;
      for await (const entry of control.audit.entries()) {
        if (entry.previousHash !== before || hashOf(entry) !== entry.hash) throw brokenMeanwhile(entry);
        before = entry.hash;
        yield entry;
      }
    },
    async verifyAudit(witness) {
      if (!(await isAbsent())) return control.audit.verify(witness);
      if (witness?.hashes === undefined && witness?.hash === undefined) throw noRun();
      return { ...judgeChain([], witness), guarded: false };
    },
  };
}

function brokenMeanwhile({ seq }: AuditEntry): MigrationError {
  return new MigrationError({
    code: 'AUDIT_BROKEN',
    message: `The audit log is not what was written: entry ${seq} does not fit its hash or the entry before.`,
    hint: 'See where it begins: towpath audit verify',
  });
}
