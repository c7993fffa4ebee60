/** What stops an entity whose columns are worked out by code, in words; none of them quotes a row. */
import type { CodeFailure } from '../../contract/code.ts';
import { MigrationError } from '../../core/errors.ts';

export interface WhoseCode {
  readonly entity: string;
  /** Its file, or the columns that it writes. */
  readonly name: string;
}

/** No Docker, no right to use it, no image: nothing that another try would change. */
export function hasNoSandbox({ kind }: Pick<CodeFailure, 'kind'>): boolean {
  return /^(docker-(missing|denied)|image-.*)$/.test(kind);
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
  const missing = hasNoSandbox(failure);
  return new MigrationError({
    code: missing ? 'SANDBOX_MISSING' : 'CODE_NOT_LOADED',
    message: missing
      ? `The plan works out columns of ${entity} by code, which runs in a Docker container only. ${failure.message}`
      : `The code of ${entity} (${name}) cannot be loaded: ${failure.message}`,
    hint: missing ? `${failure.hint} See what is missing with: towpath sandbox doctor` : failure.hint,
    details: { entity, name, kind: failure.kind },
    cause: failure,
  });
}

export function stopped({ entity, name }: WhoseCode, failure: CodeFailure, times: number): MigrationError {
  return new MigrationError({
    code: 'CODE_STOPPED',
    message: `The code of ${entity} (${name}) stopped ${times} times in a row. ${failure.message}`,
    hint: failure.hint,
    details: { entity, name, kind: failure.kind, times },
    cause: failure,
  });
}
