/** What the doctor finds. */
import type { SandboxErrorKind } from '../sandbox-error.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Something the sandbox must not let through, and whether it did when tried from inside. */
export interface Proof {
  readonly name: string;
  /** What must hold, in words. */
  readonly what: string;
  /** Null: it could not be tried. */
  readonly held: boolean | null;
  readonly saw: string;
}

export interface Diagnosis {
  /** Code can be run here, and everything that was promised holds. */
  readonly ready: boolean;
  readonly facts: readonly Fact[];
  readonly proofs: readonly Proof[];
  /** What is worth knowing though it stops nothing. */
  readonly remarks: readonly string[];
  readonly problem: {
    readonly kind: SandboxErrorKind;
    readonly message: string;
    readonly hint: string;
  } | null;
}
