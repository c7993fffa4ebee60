/** The audit log as callers of the engine read it. A target without a control schema has none. */
import type { AuditEntry, AuditVerdict, AuditWitness } from '../contract/audit.ts';
import type { Control } from '../control/control.ts';
import { noRun } from './request-stop.ts';

export interface AuditReader {
  /** Newest first. Throws NO_RUN. */
  auditLog(limit: number): Promise<AuditEntry[]>;
  /** Oldest first, all of them. Throws NO_RUN. */
  auditEntries(): AsyncIterable<AuditEntry>;
  /** Throws NO_RUN. */
  verifyAudit(witness?: AuditWitness): Promise<AuditVerdict>;
}

export function createAuditReader(control: Pick<Control, 'state' | 'audit'>): AuditReader {
  async function refuseAbsent(): Promise<void> {
    if ((await control.state()) === 'absent') throw noRun();
  }
  return {
    async auditLog(limit) {
      await refuseAbsent();
      return control.audit.latest(limit);
    },
    async *auditEntries() {
      await refuseAbsent();
      yield* control.audit.entries();
    },
    async verifyAudit(witness) {
      await refuseAbsent();
      return control.audit.verify(witness);
    },
  };
}
