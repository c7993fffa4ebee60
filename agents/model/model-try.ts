/** One try at a request: recorded before it is sent, counted, and closed with its outcome. */
import { randomUUID } from 'node:crypto';
import { type Clock, isAbort, type Log, MigrationError } from '../../engine/index.ts';
import { type Budget, tokensOf } from './budget.ts';
import type { ModelApi } from './connection.ts';
import type { EgressRecord } from './egress-record.ts';
import type { Endpoint } from './endpoint.ts';
import type { CallOptions, LanguageModel, Usage } from './language-model.ts';
import { truncated, unusable } from './model-errors.ts';
import type { OutgoingCall } from './outgoing-call.ts';
import { createOutgoingRequest } from './outgoing-request.ts';

export interface TryParts {
  readonly agent: string;
  readonly endpoint: Endpoint;
  readonly budget: Budget;
  readonly egress: EgressRecord;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
}

export interface ModelTry {
  readonly model: LanguageModel;
  /** What to call it with. */
  readonly options: CallOptions;
  abort(): void;
  /** Once; `ok`, `cancelled` or the code of an error. */
  close(outcome: string, usage: Usage | null, answeredCharacters: number): Promise<void>;
  /** Closes with the error as it will be told, and returns it. */
  fail(error: unknown, answeredCharacters?: number): Promise<unknown>;
}

export function startTry(parts: TryParts, call: OutgoingCall, api: ModelApi, attempt: number): ModelTry {
  const { agent, endpoint, budget, egress, clock, log } = parts;
  const { host, model: modelName } = endpoint.connection;
  const { conversation, fields, masked } = call;
  const id = randomUUID();
  const stop = new AbortController();
  const outer = call.options.abortSignal;
  let sentBytes: number | null = null;
  let started = clock.monotonic();

  const fetch = createOutgoingRequest({
    connection: endpoint.connection,
    fetch: parts.fetch,
    async beforeSending({ bytes, sha256 }) {
      budget.take(conversation, bytes);
      const at = clock.now().toISOString();
      const about = { id, at, conversation, agent, model: modelName, host, api, attempt };
      await egress.beforeSending({ ...about, bytes, sha256, fields: [...fields], masked });
      sentBytes = bytes;
      started = clock.monotonic();
    },
  });

  const close: ModelTry['close'] = async (outcome, usage, answeredCharacters) => {
    if (sentBytes === null) return;
    const reported = { input: usage?.inputTokens.total, output: usage?.outputTokens.total };
    const refused = usage === null && answeredCharacters === 0;
    const tokens = refused
      ? { inputTokens: 0, outputTokens: 0 }
      : tokensOf(reported, sentBytes, answeredCharacters);
    sentBytes = null;
    budget.spend(conversation, tokens, clock.monotonic() - started);
    const line = { id, at: clock.now().toISOString(), outcome, ...tokens };
    await egress.afterwards(line).catch((error: unknown) => log.warn('egress-outcome', { error }));
  };
  return {
    model: endpoint.connect(api, fetch),
    options: {
      ...call.options,
      ...(api === 'responses' ? { providerOptions: withoutKeeping(call.options) } : {}),
      abortSignal: outer === undefined ? stop.signal : AbortSignal.any([outer, stop.signal]),
    },
    abort: () => stop.abort(),
    close,
    async fail(error, answeredCharacters = 0) {
      const told = asModelError(error, host, outer);
      const outcome = told instanceof MigrationError ? told.code : 'cancelled';
      await close(outcome, null, answeredCharacters);
      return told;
    },
  };
}

/** The caller's own abort stays what it is; a connection that broke in the middle is a truncated answer. */
function asModelError(error: unknown, host: string, outer: AbortSignal | undefined): unknown {
  if (error instanceof MigrationError || outer?.aborted === true || isAbort(error)) return error;
  const broken = error instanceof TypeError || (error instanceof Error && error.cause instanceof TypeError);
  return broken ? truncated(host) : unusable(host);
}

/** OpenAI keeps what goes through this interface for weeks unless told not to. */
function withoutKeeping({ providerOptions }: CallOptions): NonNullable<CallOptions['providerOptions']> {
  return { ...providerOptions, openai: { ...providerOptions?.openai, store: false } };
}
