/**
 * The stream of an answer, checked while it flows. Text is passed on as it comes; tool calls are held back until the
 * answer has come to its proper end, so that nothing is done on a broken answer. Until the first text has been passed on
 * a failure can be tried again (`openStream` rejects); after that it is an `error` part at the end.
 */
import type { Clock } from '../../engine/index.ts';
import { narrowDelegationText } from './delegation.ts';
import type { StreamPart, StreamResult } from './language-model.ts';
import { endless, timedOut, truncated } from './model-errors.ts';
import type { ModelTry } from './model-try.ts';
import { within } from './time-limit.ts';

export interface StreamLimits {
  readonly clock: Clock;
  readonly host: string;
  /** Until the answer begins. */
  readonly headMilliseconds: number;
  /** Between two parts of it. */
  readonly idleMilliseconds: number;
}

/** Characters. No model writes so much; a server that never ends would fill the memory. */
const LONGEST_ANSWER = 4_000_000;

type Reader = ReadableStreamDefaultReader<StreamPart>;

interface Flow {
  readonly reader: Reader;
  readonly held: StreamPart[];
  characters: number;
}

/** @throws what can be tried again with nothing shown yet, and what the server refused */
export async function openStream(
  limits: StreamLimits,
  attempt: ModelTry,
  start: () => PromiseLike<StreamResult>,
): Promise<StreamResult> {
  const late = () => timedOut(limits.host, limits.headMilliseconds / 1000);
  const begin = async () => {
    const { stream, ...rest } = await start();
    const flow: Flow = { reader: stream.getReader(), held: [], characters: 0 };
    const head: StreamPart[] = [];
    while (flow.characters === 0 && !isHead(head)) head.push(...(await readParts(flow, limits)));
    return { rest, flow, head };
  };
  try {
    const { rest, flow, head } = await within(
      limits.clock,
      limits.headMilliseconds,
      late,
      begin,
      attempt.abort,
    );
    while (!isHead(head)) head.push(...(await readSoon(flow, limits, attempt)));
    return { ...rest, stream: passOn(flow, head, limits, attempt) };
  } catch (error) {
    attempt.abort();
    throw await attempt.fail(error);
  }
}

/** It ends with the first text or with the end; a long tool call before it is no silence. */
function isHead(parts: readonly StreamPart[]): boolean {
  return parts.some(({ type }) => type === 'finish' || type === 'text-delta' || type === 'reasoning-delta');
}

/** The next parts, if they come within the time that a stream may be silent. */
function readSoon(flow: Flow, limits: StreamLimits, attempt: ModelTry): Promise<StreamPart[]> {
  const late = () => timedOut(limits.host, limits.idleMilliseconds / 1000);
  return within(limits.clock, limits.idleMilliseconds, late, () => readParts(flow, limits), attempt.abort);
}

function passOn(
  flow: Flow,
  head: readonly StreamPart[],
  limits: StreamLimits,
  attempt: ModelTry,
): ReadableStream<StreamPart> {
  let waiting: readonly StreamPart[] = head;
  return new ReadableStream<StreamPart>({
    async pull(controller) {
      try {
        while (waiting.length === 0) waiting = await readSoon(flow, limits, attempt);
        for (const part of waiting) controller.enqueue(part);
        const finish = waiting.find((part) => part.type === 'finish');
        waiting = [];
        if (finish === undefined) return;
        await attempt.close('ok', finish.usage, flow.characters);
        controller.close();
      } catch (error) {
        attempt.abort();
        controller.enqueue({ type: 'error', error: await attempt.fail(error, flow.characters) });
        controller.close();
      }
    },
    async cancel(reason) {
      attempt.abort();
      await attempt.close('cancelled', null, flow.characters);
      await flow.reader.cancel(reason).catch(() => {});
    },
  });
}

/** The next parts that may be passed on; none while only tool calls come. Throws at a broken end. */
async function readParts(flow: Flow, { host }: StreamLimits): Promise<StreamPart[]> {
  const { done, value: part } = await flow.reader.read();
  if (done) throw truncated(host);
  if (flow.characters > LONGEST_ANSWER) throw endless(host);
  switch (part.type) {
    case 'error':
      throw part.error;
    case 'text-delta':
    case 'reasoning-delta':
      flow.characters += part.delta.length;
      return part.delta === '' ? [] : [part];
    case 'tool-input-delta':
      flow.characters += part.delta.length;
      return [];
    case 'tool-input-start': // Mastra would take the input from these and not from the call
    case 'tool-input-end':
      return [];
    case 'tool-call':
      flow.held.push({ ...part, input: narrowDelegationText(part.toolName, part.input) });
      return [];
    case 'finish':
      if (isBroken(part)) throw truncated(host);
      return [...flow.held, part];
    default:
      return [part];
  }
}

/** The provider ends a stream itself when the server did not. */
function isBroken({ finishReason }: Extract<StreamPart, { type: 'finish' }>): boolean {
  return finishReason.unified === 'interrupted' || finishReason.unified === 'error';
}
