/**
 * One container, from creation to removal. Promises: whatever happens in there, questions are answered or fail with a
 * SandboxError within their time, and the container is removed once it is of no use any more. Relies on the label for
 * what a killed host leaves behind (reap.ts).
 */
import { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { ASK_MILLISECONDS, type DockerClients, within } from '../daemon/docker-clients.ts';
import { dockerFailure, isAborted, isNotFound, noSense } from '../daemon/docker-failure.ts';
import type { Limits } from '../limits.ts';
import { type Frame, magic } from '../protocol/frame.ts';
import { SandboxError } from '../sandbox-error.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { type ContainerWish, containerOptions } from './hardening.ts';
import { removeContainer } from './reap.ts';
import { judgeEnding } from './verdict.ts';

/** The argument is made here. */
export type ContainerPlan = Omit<ContainerWish, 'argument'>;

export interface SandboxContainer {
  readonly id: string;
  /** The first word of the program: whatever it said. */
  readonly hello: Frame;
  request(type: string, text: string, milliseconds: number): Promise<Frame>;
  isAlive(): boolean;
  /** While it rests it does not keep this process from ending. */
  rest(isResting: boolean): void;
  /** Gives it up for a reason that the caller has found; what waits fails with it. */
  giveUp(reason: SandboxError): void;
  /** Removes it; settled once it is gone, or Docker could not be asked. Never throws. */
  close(): Promise<void>;
}

/** How long a stream may have ended before its container has. */
const ENDING_MILLISECONDS = 3000;

/** Throws a SandboxError; then nothing is left of it. */
export async function startContainer(clients: DockerClients, plan: ContainerPlan): Promise<SandboxContainer> {
  const { limits } = plan;
  const id = await createContainer(clients.ask, plan);
  const container = clients.ask.getContainer(id);
  let gone: Promise<void> | undefined;
  const remove = () => {
    gone ??= removeContainer(clients.ask, id).catch(() => {}); // not there to be asked: the next start takes it away
    return gone;
  };
  let stream: Duplex;
  try {
    stream = await attach(clients.stream, id);
  } catch (error) {
    await remove();
    throw dockerFailure(error);
  }
  const end = async (talk: Conversation, reason: SandboxError | null) => {
    clearInterval(alive);
    if (reason === null) talk.conclude(await findReason(clients, id, talk, limits));
    stream.destroy();
    await remove();
  };
  const talk: Conversation = createConversation(stream, limits, (reason) => void end(talk, reason));
  const alive = setInterval(() => talk.say('P'), limits.aliveMilliseconds).unref();
  const giveUp = (reason: SandboxError) => {
    if (!talk.isOpen()) return talk.conclude(reason);
    talk.conclude(reason);
    void end(talk, reason);
  };
  try {
    const first = talk.hello(limits.startMilliseconds); // it may come before start() has answered
    first.catch(() => {});
    await within(ASK_MILLISECONDS, () => container.start());
    const hello = await first;
    talk.write(magic);
    return {
      id,
      hello,
      request: talk.request,
      isAlive: talk.isOpen,
      rest(isResting) {
        const socket = stream as { ref?: () => void; unref?: () => void };
        if (isResting) socket.unref?.();
        else socket.ref?.();
      },
      giveUp,
      async close() {
        giveUp(new SandboxError('closed', 'The sandbox was closed.'));
        await remove();
      },
    };
  } catch (error) {
    const failure = startFailure(error, plan.image);
    giveUp(failure);
    await remove();
    throw failure;
  }
}

async function createContainer(ask: Docker, plan: ContainerPlan): Promise<string> {
  const { idleMilliseconds, inputBytes } = plan.limits;
  const argument = JSON.stringify({ magic, idleMilliseconds, inputBytes });
  try {
    const options = containerOptions({ ...plan, argument });
    const wanted = plan.change?.(options) ?? options;
    // As a body only: dockerode would put all of it, the program too, into the address as well, which proxies refuse.
    const asked = { _query: {}, _body: wanted } as object;
    const { id } = await within(ASK_MILLISECONDS, () => ask.createContainer(asked));
    if (typeof id !== 'string') throw noSense('a container without a name');
    return id;
  } catch (error) {
    if (!isNotFound(error)) throw dockerFailure(error);
    throw new SandboxError('image-missing', `The image ${plan.image} is not there.`, { cause: error });
  }
}

/** A stream of a client without a limit, asked for within one. */
async function attach(docker: Docker, id: string): Promise<Duplex> {
  const stream: unknown = await within(ASK_MILLISECONDS, (abortSignal) =>
    docker.getContainer(id).attach({
      ...{ stream: true, stdin: true, stdout: true, stderr: true, hijack: true },
      abortSignal,
    }),
  );
  if (!(stream instanceof Duplex)) throw noSense('no connection to the container');
  return stream;
}

/** The stream has ended: waits for the container's end, then reads how it was. */
async function findReason(
  { ask, stream }: DockerClients,
  id: string,
  talk: Conversation,
  limits: Limits,
): Promise<SandboxError> {
  try {
    const container = stream.getContainer(id);
    const ended = await within(ENDING_MILLISECONDS, (abortSignal) => container.wait({ abortSignal })).then(
      () => true,
      (error: unknown) => {
        if (isAborted(error)) return false;
        throw error;
      },
    );
    const { State } = await within(ENDING_MILLISECONDS, () => ask.getContainer(id).inspect());
    if (!ended && State.Running)
      return new SandboxError('protocol', 'The sandbox closed its output and went on.');
    return judgeEnding(
      { exitCode: State.ExitCode, oomKilled: State.OOMKilled, stderr: talk.stderr() },
      limits,
    );
  } catch (error) {
    if (isNotFound(error)) return new SandboxError('stopped', 'The sandbox was removed by somebody else.');
    return new SandboxError('docker-lost', 'Docker went away while the code was running.', {
      cause: dockerFailure(error),
    });
  }
}

/** A program that ends before its first word cannot run in this image. */
function startFailure(error: unknown, image: string): SandboxError {
  const failure = dockerFailure(error);
  if (failure.kind === 'timeout')
    return new SandboxError('timeout', 'The sandbox did not start in time.', {
      hint: 'Try again when the machine is less busy; if it stays so, run “towpath sandbox doctor”.',
      cause: failure,
    });
  const isImage = ['crash', 'protocol', 'output-limit'].includes(failure.kind) || isBadStart(error);
  if (!isImage) return failure;
  return new SandboxError('image-unusable', `The image ${image} cannot run the sandbox.`, {
    details: { ...failure.details, why: failure.message },
    cause: failure,
  });
}

/** Docker answers 400 where the program is not in the image. */
const isBadStart = (error: unknown) => (error as { statusCode?: unknown } | null)?.statusCode === 400;
