/** What a failed request to Docker means, judged by errno and HTTP status, not by words. */
import { SandboxError } from '../sandbox-error.ts';

interface Failure {
  readonly code?: unknown;
  readonly address?: unknown;
  readonly statusCode?: unknown;
  readonly json?: { readonly message?: unknown } | null;
  readonly message?: unknown;
}

const LONGEST = 400;

export function dockerFailure(error: unknown): SandboxError {
  if (error instanceof SandboxError) return error;
  const { code, address, statusCode, json, message } = (error ?? {}) as Failure;
  const where = typeof address === 'string' ? ` at ${address}` : '';
  const said = text(json?.message) || text(message).replace(/^\(HTTP code \d+\)[^-]{0,40} - /, '');
  const facts = {
    details: { code, statusCode, said },
    cause: error,
    ...(/no space left/i.test(said) ? { hint: 'Make room on the disk where Docker keeps its images.' } : {}),
  };
  switch (code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return new SandboxError('docker-missing', `Docker does not answer${where}.`, facts);
    case 'EACCES':
    case 'EPERM':
      return new SandboxError('docker-denied', `This user may not use Docker${where}.`, facts);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ABORT_ERR':
      return new SandboxError('docker-lost', 'Docker stopped answering.', facts);
  }
  return new SandboxError('docker-error', `Docker refused: ${said || 'without a reason'}.`, facts);
}

/** Docker, or whatever answers in its place, said something that cannot be. */
export function noSense(what: string): SandboxError {
  return new SandboxError('docker-error', `Docker gave an answer that makes no sense: ${what}.`);
}

export const isAborted = (error: unknown) => (error as Failure | null)?.code === 'ABORT_ERR';

export const isNotFound = (error: unknown) => statusOf(error) === 404;

/** Somebody else is removing it already. */
export const isConflict = (error: unknown) => statusOf(error) === 409;

function statusOf(error: unknown): unknown {
  return (error as Failure | null)?.statusCode;
}

function text(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .replace(/\.$/, '')
    .slice(0, LONGEST);
}
