/** How a piece of hostile code is written down, and how it has to end. */
import type { SandboxErrorKind } from '../../../../sandbox/index.ts';

export interface Snippet {
  readonly name: string;
  /** The body of `transform(row, context)`, which reads a and writes b; or a whole module where it has an export. */
  readonly code: string;
  readonly ends: End;
  readonly rows?: readonly (readonly (string | null)[])[];
}

/** `cells`: the value of b for each row. `rejected`: every row, with such a message. Else one of the typed failures, or either. */
export type End =
  | { readonly cells: readonly (string | null | RegExp)[] }
  | { readonly rejected: RegExp }
  | { readonly fails: readonly SandboxErrorKind[] }
  | { readonly any: readonly SandboxErrorKind[] };

export const cells = (...expected: readonly (string | null | RegExp)[]): End => ({ cells: expected });
export const rejected = (message: RegExp): End => ({ rejected: message });
export const fails = (...kinds: readonly SandboxErrorKind[]): End => ({ fails: kinds });

/** Rows, or one of these: how far the machine gets is not the point. */
export const any = (...kinds: readonly SandboxErrorKind[]): End => ({ any: kinds });

export function moduleOf({ code }: Snippet): string {
  const isModule = /\bexport default\b|\bimport ['\w]/.test(code);
  return isModule ? code : `export default function transform(row, context) {\n${code}\n}`;
}
