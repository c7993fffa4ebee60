/** How long an answer may take, by a clock that only the test moves. */
import { expect, test } from 'vitest';
import { openStream } from '../../../agents/model/checked-stream.ts';
import type { StreamPart } from '../../../agents/model/language-model.ts';
import type { ModelTry } from '../../../agents/model/model-try.ts';
import type { Clock } from '../../../engine/index.ts';

/** Sleeps end when `pass` has come to their time. */
function movedClock() {
  let now = 0;
  const sleeping = new Set<{ readonly at: number; readonly wake: () => void }>();
  const clock = {
    monotonic: () => now,
    sleep: (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const sleeper = { at: now + milliseconds, wake: resolve };
        sleeping.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleeping.delete(sleeper);
          reject(signal.reason);
        });
      }),
  } as unknown as Clock;
  return {
    clock,
    pass(milliseconds: number) {
      now += milliseconds;
      for (const { at, wake } of sleeping) if (at <= now) wake();
    },
  };
}

const attempt = {
  abort: () => {},
  close: async () => {},
  fail: async (error: unknown) => error,
} as unknown as ModelTry;

const finish = {
  type: 'finish',
  finishReason: { unified: 'tool-calls' },
  usage: {},
} as unknown as StreamPart;
const call = {
  type: 'tool-call',
  toolCallId: 'c',
  toolName: 'setFilter',
  input: '{}',
} as unknown as StreamPart;
const delta = { type: 'tool-input-delta', id: 'c', delta: '{"where":' } as StreamPart;

/** Each part comes so many milliseconds after the one before. */
async function read(parts: readonly StreamPart[], apart: number): Promise<string[]> {
  const { clock, pass } = movedClock();
  const limits = { clock, host: 'model.example', headMilliseconds: 100, idleMilliseconds: 50 };
  const waiting = [...parts];
  const { stream } = await openStream(limits, attempt, async () => ({
    stream: new ReadableStream<StreamPart>(
      {
        async pull(controller) {
          await new Promise((resolve) => setImmediate(resolve)); // the one who reads goes to sleep first
          pass(apart);
          await new Promise((resolve) => setImmediate(resolve));
          const part = waiting.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(part);
        },
      },
      { highWaterMark: 0 },
    ),
  }));
  const types: string[] = [];
  for await (const { type } of stream) types.push(type);
  return types;
}

test('a tool call that takes long to be written is no silence', async () => {
  const parts = [...Array.from({ length: 20 }, () => delta), call, finish];
  expect(await read(parts, 40)).toEqual(['tool-call', 'finish']);
});

test('an answer that does not begin, and one that stops in the middle, are', async () => {
  await expect(read([], 150)).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
  await expect(read([delta, call, finish], 60)).rejects.toMatchObject({
    code: 'MODEL_TIMEOUT',
    message: expect.stringContaining('0.05 seconds'),
  });
});
