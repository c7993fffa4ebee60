/**
 * The talk with one container over its attached stream.
 *
 * Open → (broken) → over. Answers come in the order of the questions; the clock runs only for the question at the head,
 * because the container answers one at a time. The talk breaks in two ways: the host breaks it off for a reason it knows
 * (time, a frame that was not asked for, one too large) and all questions fail at once with that reason; or the stream
 * ends, and the questions wait until the container has told how it ended (`conclude`). Once over, it stays over.
 *
 * Whatever arrives is in the hands of the code that runs in there: nothing here throws on it, converts it or keeps more
 * than one frame of it.
 */
import type { Duplex } from 'node:stream';
import type { Limits } from '../limits.ts';
import { createAttachStream } from '../protocol/attach-stream.ts';
import { encodeFrame, type Frame } from '../protocol/frame.ts';
import { createFrameReader } from '../protocol/frame-reader.ts';
import { SandboxError } from '../sandbox-error.ts';

export interface Conversation {
  /** The answer may have any type. Throws a SandboxError. */
  request(type: string, text: string, milliseconds: number): Promise<Frame>;
  /** The first frame of the container, with sequence 0, which nobody asked for. */
  hello(milliseconds: number): Promise<Frame>;
  /** A message without an answer. */
  say(type: string): void;
  write(bytes: string): void;
  /** Fails what is waiting and whatever is asked from now on. */
  conclude(reason: SandboxError): void;
  isOpen(): boolean;
  stderr(): string;
}

interface Question {
  readonly sequence: number;
  readonly milliseconds: number;
  readonly answer: (frame: Frame) => void;
  readonly fail: (reason: SandboxError) => void;
}

const STDERR_BYTES = 4096;
/** A timer that comes so late says that the host was busy, not that the container was slow. */
const LATE_MILLISECONDS = 500;

export function createConversation(
  stream: Duplex,
  limits: Limits,
  /** Called once, when the talk breaks; null: the stream ended and the reason has to be found out. */
  onBroken: (reason: SandboxError | null) => void,
): Conversation {
  const questions: Question[] = [];
  let clock: NodeJS.Timeout | undefined;
  let broken = false;
  let over: SandboxError | null = null;
  let sequence = 0;

  const conclude = (reason: SandboxError) => {
    broken = true;
    over ??= reason;
    clearTimeout(clock);
    for (const question of questions.splice(0)) question.fail(over);
  };
  const breakOff = (reason: SandboxError | null) => {
    if (broken) return;
    broken = true;
    clearTimeout(clock);
    if (reason !== null) conclude(reason);
    onBroken(reason);
  };
  const startClock = (milliseconds = questions[0]?.milliseconds) => {
    clearTimeout(clock);
    if (milliseconds === undefined) return;
    const due = performance.now() + milliseconds;
    clock = setTimeout(() => {
      if (performance.now() - due > LATE_MILLISECONDS) startClock(limits.graceMilliseconds);
      else breakOff(new SandboxError('timeout', 'The code did not answer in time and was stopped.'));
    }, milliseconds);
  };
  const take = (frame: Frame) => {
    if (broken) return;
    const [question] = questions;
    if (question?.sequence !== frame.sequence)
      return breakOff(new SandboxError('protocol', 'The sandbox said something that it was not asked.'));
    questions.shift();
    startClock();
    question.answer(frame);
  };
  const ask = (number: number, milliseconds: number) =>
    new Promise<Frame>((answer, fail) => {
      if (over !== null) return fail(over);
      questions.push({ sequence: number, milliseconds, answer, fail });
      if (questions.length === 1 && !broken) startClock();
    });

  const frames = createFrameReader(limits.frameBytes, take);
  const attached = createAttachStream(STDERR_BYTES, (piece) => frames.push(piece));
  stream.on('data', (chunk: Buffer) => {
    if (over !== null) return;
    try {
      attached.push(chunk);
    } catch (error) {
      breakOff(
        error instanceof SandboxError
          ? error
          : new SandboxError('protocol', 'The sandbox sent nonsense.', { cause: error }),
      );
    }
  });
  stream.on('error', () => breakOff(null));
  stream.on('end', () => breakOff(null));
  stream.on('close', () => breakOff(null));

  return {
    request(type, text, milliseconds) {
      if (over !== null) return Promise.reject(over);
      sequence++;
      const answer = ask(sequence, milliseconds);
      if (!broken) stream.write(encodeFrame(type, sequence, text));
      return answer;
    },
    hello: (milliseconds) => ask(0, milliseconds),
    say(type) {
      if (!broken) stream.write(encodeFrame(type, 0, ''));
    },
    write(bytes) {
      if (!broken) stream.write(bytes, 'latin1');
    },
    conclude,
    isOpen: () => !broken,
    stderr: () => attached.stderr(),
  };
}
