/**
 * What can go wrong between us and a model, in words for a person. Nothing of the answer's body goes into an error: a
 * server may quote the request or the key in it. For the same reason the original error is not kept as the cause.
 */
import { MigrationError } from '../../engine/index.ts';

const UNTOUCHED = 'The migration itself is not touched by this.';
const WITHOUT = 'Without OPENAI_API_KEY and OPENAI_BASE_URL the offline guide goes on.';

interface Parts {
  readonly retryable?: boolean;
  readonly details?: Record<string, unknown>;
}

function modelError(code: string, message: string, hint: string, parts: Parts = {}): MigrationError {
  return new MigrationError({ code, message, hint: `${hint} ${UNTOUCHED}`, severity: 'minor', ...parts });
}

export interface Refusal {
  readonly status: number;
  /** The server's short code such as `insufficient_quota`; null: none, or too long to be one. */
  readonly code: string | null;
  /** What Retry-After asks for. */
  readonly waitMilliseconds: number | null;
}

/** An answer with a status other than success. */
export function refusalError(host: string, { status, code, waitMilliseconds }: Refusal): MigrationError {
  const details = { host, status, code, waitMilliseconds };
  if (status === 401 || status === 403) {
    return modelError(
      'MODEL_REFUSED_KEY',
      `The language model at ${host} refused the key.`,
      'Check OPENAI_API_KEY.',
      {
        details,
      },
    );
  }
  if (code === 'insufficient_quota') {
    const message = `The account at ${host} has used up what it may spend.`;
    return modelError('MODEL_RATE_LIMITED', message, `Raise its limit there, or wait. ${WITHOUT}`, {
      details,
    });
  }
  if (status === 429) {
    const message = `The language model at ${host} takes no more requests for now.`;
    return modelError('MODEL_RATE_LIMITED', message, `Try again in a minute. ${WITHOUT}`, {
      details,
      retryable: true,
    });
  }
  if (code === 'context_length_exceeded' || status === 413) {
    const message = 'The conversation has become too long for the language model.';
    return modelError('MODEL_TOO_LONG', message, 'Start a new conversation; what was done is kept.', {
      details,
    });
  }
  if (status === 404 || status === 405 || status === 501) {
    return modelError(
      'MODEL_NOT_FOUND',
      `The server at ${host} does not know the model or the interface (status ${status}).`,
      'Check TOWPATH_MODEL, and that OPENAI_BASE_URL ends where the interface begins, mostly in /v1.',
      { details },
    );
  }
  const retryable = status === 408 || status === 409 || status >= 500;
  const what = retryable ? 'had a failure of its own' : 'did not accept the request';
  return modelError(
    'MODEL_ERROR',
    `The language model at ${host} ${what} (status ${status}).`,
    retryable ? `Try again. ${WITHOUT}` : `The log has the status. ${WITHOUT}`,
    { details, retryable },
  );
}

export function unreachable(host: string, reason: string | null): MigrationError {
  return modelError(
    'MODEL_UNREACHABLE',
    `The language model at ${host} cannot be reached${reason === null ? '' : ` (${reason})`}.`,
    `Check OPENAI_BASE_URL and that the server runs. ${WITHOUT}`,
    { retryable: true, details: { host, reason } },
  );
}

export function timedOut(host: string, seconds: number): MigrationError {
  return modelError(
    'MODEL_TIMEOUT',
    `The language model at ${host} said nothing for ${seconds} seconds.`,
    `Ask again, or give it more time with TOWPATH_MODEL_TIMEOUT. ${WITHOUT}`,
    { retryable: true, details: { host, seconds } },
  );
}

export function truncated(host: string): MigrationError {
  return modelError(
    'MODEL_STREAM_TRUNCATED',
    `The answer of the language model at ${host} broke off before its end.`,
    'Ask again; nothing that the broken answer asked for was done.',
    { retryable: true, details: { host } },
  );
}

/** Anything else: an answer that is none, or a failure inside the stream. */
export function unusable(host: string): MigrationError {
  return modelError(
    'MODEL_ERROR',
    `The language model at ${host} gave an answer that cannot be used.`,
    `Ask again. If it stays so, check that OPENAI_BASE_URL is a server of this kind. ${WITHOUT}`,
    { retryable: true, details: { host } },
  );
}

/** Not tried again: it would only take as long once more. */
export function endless(host: string): MigrationError {
  return modelError(
    'MODEL_ERROR',
    `The answer of the language model at ${host} did not come to an end and was cut off.`,
    `Nothing that it asked for was done. Ask in other words, or use another model. ${WITHOUT}`,
    { details: { host } },
  );
}

export function notRecorded(file: string): MigrationError {
  return modelError(
    'EGRESS_NOT_RECORDED',
    'The request to the language model was not sent, because it could not be written down first.',
    `Make sure that ${file} can be written and the disk has room.`,
    { details: { file } },
  );
}

export function budgetExceeded(
  what: string,
  setting: string,
  whose: 'conversation' | 'process',
): MigrationError {
  const scope = whose === 'conversation' ? 'This conversation' : 'This process';
  const way =
    whose === 'conversation'
      ? `Start a new conversation, or raise ${setting}.`
      : `Start Towpath again, or raise ${setting}.`;
  return modelError(
    'MODEL_BUDGET_EXCEEDED',
    `${scope} has used up its ${what} with the language model.`,
    way,
    {
      details: { what, setting, whose },
    },
  );
}
