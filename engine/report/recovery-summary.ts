/** How much of what went wrong was put right without a person, by kind of docs/recovery-table.md. */
import type { Cause } from '../contract/quarantine.ts';
import type { RecoverySummary } from '../contract/recovery.ts';
import type { RecoveryCount } from '../control/error-store.ts';
import { FAULT_KINDS, type FaultKind, recoveryTable } from '../db/recovery-table.ts';
import { kindOfRow } from '../mapping/row-fault.ts';
import { formatShare } from './words.ts';

export interface RecoveryFacts {
  readonly causes: readonly Pick<Cause, 'outcome' | 'reason' | 'sqlstate' | 'rows'>[];
  /** Rows that the target held before and that were recognised by their natural key. */
  readonly merged: number;
  readonly errors: readonly RecoveryCount[];
}

export function summarizeRecovery({ causes, merged, errors }: RecoveryFacts): RecoverySummary {
  const counts = new Map<FaultKind, { recovered: number; neededPerson: number }>();
  const count = (kind: FaultKind, recovered: number, neededPerson: number) => {
    const before = counts.get(kind) ?? { recovered: 0, neededPerson: 0 };
    counts.set(kind, {
      recovered: before.recovered + recovered,
      neededPerson: before.neededPerson + neededPerson,
    });
  };
  for (const { outcome, reason, sqlstate, rows } of causes)
    count(kindOfRow(reason, sqlstate), outcome === 'repaired' ? rows : 0, outcome === 'repaired' ? 0 : rows);
  if (merged > 0) count('duplicate-key', merged, 0);
  for (const { kind, recovered, gaveUp } of errors)
    count(FAULT_KINDS.find((known) => known === kind) ?? 'unknown', recovered, gaveUp);
  const kinds = FAULT_KINDS.flatMap((kind): RecoverySummary['kinds'][number][] => {
    const { words, severity } = recoveryTable[kind];
    const found = counts.get(kind);
    return found ? [{ kind, words, of: severity === 'minor' ? 'rows' : 'errors', ...found }] : [];
  });
  const recovered = kinds.reduce((sum, kind) => sum + kind.recovered, 0);
  const neededPerson = kinds.reduce((sum, kind) => sum + kind.neededPerson, 0);
  const all = recovered + neededPerson;
  return { recovered, neededPerson, share: all === 0 ? null : formatShare(recovered, all), kinds };
}
