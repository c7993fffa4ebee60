/** What stops an entity whose columns are worked out by code, in words; none of them quotes a row. */
import type { CodeFailure } from '../../contract/code.ts';
import { MigrationError } from '../../core/errors.ts';

export interface WhoseCode {
  readonly entity: string;
  /** Its file, or the columns that it writes. */
  readonly name: string;
}

/** What became of rows that went through code twice. */
export interface Unsteady {
  readonly rows: number;
  readonly differing: number;
  /** Columns with different values; empty where rows were refused only once. */
  readonly columns: readonly string[];
}

/** No Docker, no right to use it, no image: nothing that another try would change. */
export function hasNoSandbox({ kind }: Pick<CodeFailure, 'kind'>): boolean {
  return /^(docker-(missing|denied)|image-.*)$/.test(kind);
}

const NOT_REPEATABLE = 'not-repeatable';

/** True where another try would end the same way. */
export function isFinal(failure: Pick<CodeFailure, 'kind'>): boolean {
  return hasNoSandbox(failure) || failure.kind === 'code' || failure.kind === NOT_REPEATABLE;
}

export function sandboxMissing(entities: readonly string[]): MigrationError {
  return new MigrationError({
    code: 'SANDBOX_MISSING',
    message: `The plan works out columns of ${entities.join(', ')} by code. Code runs in a Docker container only, and there is none to run it in.`,
    hint: 'Nothing was changed. Install Docker, start it and let this user reach it (docs.docker.com/engine/install), then look with: towpath sandbox doctor. Or replace the code in the plan by one of the listed transforms.',
    details: { entities },
  });
}

/** Before anything ran: the sandbox is not there, or it cannot load the code. */
export function cannotRun({ entity, name }: WhoseCode, failure: CodeFailure): MigrationError {
  if (failure.kind === NOT_REPEATABLE)
    return new MigrationError({
      code: 'CODE_NOT_DETERMINISTIC',
      message: `The code of ${entity} (${name}) may not answer the same for the same row. ${failure.message}`,
      hint: `${failure.hint} ${NOTHING_BUT_THE_ROW}`,
      details: { entity, name, kind: failure.kind },
      cause: failure,
    });
  const missing = hasNoSandbox(failure);
  return new MigrationError({
    code: missing ? 'SANDBOX_MISSING' : 'CODE_NOT_LOADED',
    message: missing
      ? `The plan works out columns of ${entity} by code, which runs in a Docker container only. ${failure.message}`
      : `The code of ${entity} (${name}) cannot be loaded: ${failure.message}`,
    hint: missing ? withDoctor(failure.hint) : failure.hint,
    details: { entity, name, kind: failure.kind },
    cause: failure,
  });
}

function withDoctor(hint: string): string {
  return hint.includes('sandbox doctor') ? hint : `${hint} See what is missing with: towpath sandbox doctor`;
}

/** Its rows could not be repeated, and what it wrote could not be proved. */
export function notSteady(
  { entity, name }: WhoseCode,
  { rows, differing, columns }: Unsteady,
): MigrationError {
  const what = columns.length > 0 ? `different values of ${columns.join(', ')}` : 'different answers';
  return new MigrationError({
    code: 'CODE_NOT_DETERMINISTIC',
    message: `The code of ${entity} (${name}) gives ${what} for the same row: ${differing} of ${rows} rows that were tried twice.`,
    hint: NOTHING_BUT_THE_ROW,
    details: { entity, name, rows, differing, columns },
  });
}

const NOTHING_BUT_THE_ROW =
  'Let it depend on the row alone: no clock, no chance, nothing remembered from row to row. Then have the plan approved again.';

export function stopped({ entity, name }: WhoseCode, failure: CodeFailure, times: number): MigrationError {
  return new MigrationError({
    code: 'CODE_STOPPED',
    message: `The code of ${entity} (${name}) stopped ${times} times in a row. ${failure.message}`,
    hint: failure.hint,
    details: { entity, name, kind: failure.kind, times },
    cause: failure,
  });
}
