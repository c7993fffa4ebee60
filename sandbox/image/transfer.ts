/** Brings images to Docker: pulled from a registry, or sent as an archive. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { ASK_MILLISECONDS, within } from '../daemon/docker-clients.ts';
import { SandboxError } from '../sandbox-error.ts';
import { type TarEntry, writeTar } from './tar.ts';

/** Without a sign of life for so long, a registry is taken for out of reach. */
const SILENCE_MILLISECONDS = 20_000;

/** An image on its way to Docker: half a second where nothing is in the way. */
const SEND_MILLISECONDS = 180_000;

/** Throws a SandboxError (`image-missing`). */
export async function pullImage(docker: Docker, name: string): Promise<void> {
  const stop = new AbortController();
  let silence = setTimeout(() => stop.abort(), SILENCE_MILLISECONDS);
  try {
    const answer = await docker.pull(name, { abortSignal: stop.signal });
    await follow(docker, answer, () => {
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), SILENCE_MILLISECONDS);
    });
  } catch (cause) {
    throw new SandboxError('image-missing', `The image ${name} is not there and could not be pulled.`, {
      cause,
    });
  } finally {
    clearTimeout(silence);
  }
}

/** Sends the files as an image of one layer and names it by their content. Returns that name. */
export async function sendImage(
  docker: Docker,
  repository: string,
  entries: readonly TarEntry[],
  labels: Readonly<Record<string, string>>,
): Promise<string> {
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const piece of writeTar(entries)) {
      hash.update(piece);
      yield piece;
    }
  }
  const changes = Object.entries(labels).map(([name, value]) => `LABEL ${name}=${JSON.stringify(value)}`);
  let id = '';
  await within(SEND_MILLISECONDS, async (abortSignal) => {
    const archive = Readable.from(hashed(), { objectMode: false });
    const answer = await docker.importImage(archive, { changes, abortSignal } as object);
    await follow(docker, answer, (event) => {
      if (typeof event.status === 'string' && event.status.startsWith('sha256:')) id = event.status;
    });
  });
  if (id === '') throw new SandboxError('docker-error', 'Docker took the image but did not name it.');
  const tag = hash.digest('hex').slice(0, 12);
  await within(ASK_MILLISECONDS, () => docker.getImage(id).tag({ repo: repository, tag }));
  return `${repository}:${tag}`;
}

interface Progress {
  readonly status?: unknown;
  readonly error?: unknown;
}

/** To its end. Docker tells errors inside an answer that says 200. */
function follow(
  docker: Docker,
  answer: NodeJS.ReadableStream,
  onEvent: (event: Progress) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: unknown = null;
    const finish = (error: Error | null) => {
      if (error !== null) reject(error);
      else if (failure !== null)
        reject(new Error(typeof failure === 'string' ? failure : 'Docker gave no reason.'));
      else resolve();
    };
    docker.modem.followProgress(answer, finish, (event: Progress) => {
      failure ??= event.error ?? null;
      onEvent(event);
    });
  });
}
