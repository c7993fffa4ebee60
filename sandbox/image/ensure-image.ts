/**
 * The image that code runs in. Any image with a new enough node at /usr/local/bin/node will do, because the harness
 * travels as an argument. In this order:
 *
 * 1. the one that was asked for by name, here or pulled; no other;
 * 2. the official image, if it is here;
 * 3. the running Node as it was packed before;
 * 4. the official image, if a registry gives it;
 * 5. the running Node, packed now (half a second, 132 MB).
 */
import type Docker from 'dockerode';
import { ASK_MILLISECONDS, within } from '../daemon/docker-clients.ts';
import { dockerFailure, isNotFound, noSense } from '../daemon/docker-failure.ts';
import { SandboxError } from '../sandbox-error.ts';
import { nodeFiles, nodeFingerprint, whyNotPacked } from './packed-node.ts';
import { pullImage, sendImage } from './transfer.ts';

export const officialImage = 'node:24-alpine';
export const packedRepository = 'towpath-sandbox';
const nodeLabel = 'towpath.sandbox.node';

export interface SandboxImage {
  readonly name: string;
  /** Docker's own name by content. */
  readonly id: string;
  readonly origin: 'named' | 'official' | 'packed';
}

/** Throws a SandboxError. `docker` must not limit the time of a request. */
export async function ensureImage(docker: Docker, named: string | null): Promise<SandboxImage> {
  try {
    if (named !== null) return await ensureNamed(docker, named);
    return (
      (await find(docker, officialImage, 'official')) ??
      (await findPacked(docker)) ??
      (await pullOfficial(docker)) ??
      (await pack(docker))
    );
  } catch (error) {
    throw dockerFailure(error);
  }
}

async function ensureNamed(docker: Docker, name: string): Promise<SandboxImage> {
  const here = await find(docker, name, 'named');
  if (here !== null) return here;
  await pullImage(docker, name);
  const pulled = await find(docker, name, 'named');
  if (pulled === null) throw new SandboxError('image-missing', `The image ${name} is not there.`);
  return pulled;
}

/** Null: not here. */
async function find(
  docker: Docker,
  name: string,
  origin: SandboxImage['origin'],
): Promise<SandboxImage | null> {
  try {
    const { Id: id } = await within(ASK_MILLISECONDS, () => docker.getImage(name).inspect());
    if (typeof id !== 'string') throw noSense('an image without a name');
    return { name, id, origin };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** The image of the Node that runs here, if it was packed before. */
export async function findPacked(docker: Docker): Promise<SandboxImage | null> {
  if (whyNotPacked() !== null) return null;
  const label = `${nodeLabel}=${await nodeFingerprint()}`;
  // Two that were packed in the same moment carry the label, and only the later one kept its name.
  const filters = { label: [label] };
  const images = await within(ASK_MILLISECONDS, (abortSignal) => docker.listImages({ filters, abortSignal }));
  const found = images.map(({ Id, RepoTags }) => ({ id: Id, tag: RepoTags?.find(isTag) }));
  const image = found.find(({ tag }) => tag !== undefined) ?? found[0];
  return image === undefined ? null : { name: image.tag ?? image.id, id: image.id, origin: 'packed' };
}

/** Of an image that lost its name to a later one, Docker answers `<none>:<none>`. */
function isTag(tag: string): boolean {
  return !tag.startsWith('<');
}

/** Null: no registry gives it, which is nothing unusual. */
async function pullOfficial(docker: Docker): Promise<SandboxImage | null> {
  try {
    await pullImage(docker, officialImage);
  } catch {
    return null;
  }
  return find(docker, officialImage, 'official');
}

async function pack(docker: Docker): Promise<SandboxImage> {
  const why = whyNotPacked();
  if (why !== null)
    throw new SandboxError(
      'image-missing',
      `There is no image to run code in: ${officialImage} could not be pulled, and ${why}.`,
    );
  const name = await sendImage(docker, packedRepository, await nodeFiles(), {
    [nodeLabel]: await nodeFingerprint(),
  });
  const image = await find(docker, name, 'packed');
  if (image === null) throw new SandboxError('docker-error', 'The image was sent and is gone again.');
  return image;
}
