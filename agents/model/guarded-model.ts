/**
 * A model behind all its guards. On the way out: masking, tool definitions, budget, record; around it: time, retries; on
 * the way back: whole answers only, and no delegation with limits of the model's own.
 */
import type { Config } from '../../engine/index.ts';
import { openStream } from './checked-stream.ts';
import type { Conversations } from './conversations.ts';
import { narrowDelegationText } from './delegation.ts';
import type { GenerateResult, LanguageModel } from './language-model.ts';
import { timedOut } from './model-errors.ts';
import { type ModelTry, startTry, type TryParts } from './model-try.ts';
import { type OutgoingCall, prepareCall } from './outgoing-call.ts';
import { withRetries } from './retry.ts';
import { within } from './time-limit.ts';

export interface GuardParts extends TryParts {
  readonly timeoutMilliseconds: Config['modelTimeoutMilliseconds'];
  readonly conversations: Conversations;
  readonly random: () => number;
}

export function createGuardedModel(parts: GuardParts): LanguageModel {
  const { connection } = parts.endpoint;
  return {
    specificationVersion: 'v4',
    // Mastra writes tool schemas in OpenAI's manner for providers of this name.
    provider: `openai.${connection.apis[0]}`,
    modelId: connection.model,
    supportedUrls: {},
    doGenerate: (options) => {
      const call = prepareCall(options, parts.conversations);
      return tryAgain(parts, call, (attempt) => generate(parts, attempt));
    },
    doStream: (options) => {
      const call = prepareCall(options, parts.conversations);
      const limits = {
        clock: parts.clock,
        host: connection.host,
        headMilliseconds: parts.timeoutMilliseconds,
        idleMilliseconds: parts.timeoutMilliseconds / 2,
      };
      return tryAgain(parts, call, (attempt) =>
        openStream(limits, attempt, () => attempt.model.doStream(attempt.options)),
      );
    },
  };
}

function tryAgain<T>(
  parts: GuardParts,
  call: OutgoingCall,
  work: (attempt: ModelTry) => Promise<T>,
): Promise<T> {
  const { clock, random, log, endpoint, agent } = parts;
  const options = {
    clock,
    random,
    signal: call.options.abortSignal,
    onRetry: (error: { readonly code: string }, attempt: number, milliseconds: number) =>
      log.warn('model-retry', { agent, code: error.code, attempt, milliseconds }),
  };
  return withRetries(options, (number) => endpoint.ask((api) => work(startTry(parts, call, api, number))));
}

async function generate(parts: GuardParts, attempt: ModelTry): Promise<GenerateResult> {
  const { clock, endpoint, timeoutMilliseconds } = parts;
  const late = () => timedOut(endpoint.connection.host, timeoutMilliseconds / 1000);
  let result: GenerateResult;
  try {
    const ask = async () => attempt.model.doGenerate(attempt.options);
    result = await within(clock, timeoutMilliseconds, late, ask, attempt.abort);
  } catch (error) {
    throw await attempt.fail(error);
  }
  const content = result.content.map((part) =>
    part.type === 'tool-call' ? { ...part, input: narrowDelegationText(part.toolName, part.input) } : part,
  );
  await attempt.close('ok', result.usage, JSON.stringify(result.content).length);
  return { ...result, content };
}
