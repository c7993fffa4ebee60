/** The sandbox's door. */
export * from './contract.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.ts';
export type { Diagnosis, Fact, Proof } from './doctor/diagnosis.ts';
export { type Limits, usualLimits } from './limits.ts';
export { SandboxError, type SandboxErrorKind } from './sandbox-error.ts';
