/** The audit log as the engine's callers see it. */
export type {
  AuditEntry,
  AuditFault,
  AuditVerdict,
  AuditWitness,
  BrokenAudit,
  IntactAudit,
} from '../control/audit-entry.ts';
