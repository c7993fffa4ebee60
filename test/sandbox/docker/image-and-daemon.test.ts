/** Images that are not there or cannot be used, and a connection that cuts messages where it likes. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { createDockerClients } from '../../../sandbox/daemon/docker-clients.ts';
import {
  ensureImage,
  findPacked,
  officialImage,
  packedRepository,
} from '../../../sandbox/image/ensure-image.ts';
import { writeTar } from '../../../sandbox/image/tar.ts';
import { createSandbox } from '../../../sandbox/index.ts';
import { describeWithDocker, ownContainers, tryCode, unitOf, useSandbox } from './with-docker.ts';

const identity = unitOf('export default (row) => ({ b: row.a });');

describeWithDocker('images', () => {
  const { ask, stream } = createDockerClients();

  test('an image is found again without packing it again', async () => {
    const first = await ensureImage(stream, null);
    expect(await ensureImage(stream, null)).toEqual(first);
    expect(first.id).toMatch(/^sha256:/);
    if (first.origin === 'packed') {
      expect(first.name).toMatch(new RegExp(`^${packedRepository}:[0-9a-f]{12}$`));
      expect(await findPacked(stream)).toEqual(first);
    } else expect(first.name).toBe(officialImage);
  });

  test('a name that nobody knows is told as such, with what to do', async () => {
    const sandbox = createSandbox({ image: 'registry.invalid/nothing:1' });
    await expect(sandbox.open(identity)).rejects.toMatchObject({
      kind: 'image-missing',
      message: expect.stringContaining('registry.invalid/nothing:1'),
      hint: expect.stringContaining('TOWPATH_SANDBOX_IMAGE'),
    });
    await sandbox.close();
  });

  test('an image without a node is told as such', async () => {
    const empty = Readable.from(writeTar([{ path: '/etc', mode: 0o755, content: null }]), {
      objectMode: false,
    });
    const answer = await stream.importImage(empty, { repo: 'towpath-sandbox-test', tag: 'empty' });
    await new Promise((resolve) => stream.modem.followProgress(answer, resolve));
    const { Id } = await ask.getImage('towpath-sandbox-test:empty').inspect(); // the name may go to another run's
    afterAll(() => ask.getImage(Id).remove({ force: true }));
    const sandbox = createSandbox({ image: 'towpath-sandbox-test:empty' });
    await expect(sandbox.open(identity)).rejects.toMatchObject({ kind: 'image-unusable' });
    await sandbox.close();
    expect(await ownContainers()).toEqual([]);
  });
});

/** dockerode issue 777: what follows the head of the attach request can reach the container's input. */
describeWithDocker('a connection that cuts messages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-proxy-'));
  const socketPath = join(folder, 'docker.sock');
  let cuts = 0;
  const server = createServer((client) => {
    const daemon = connect('/var/run/docker.sock');
    client.on('data', (chunk) => void forward(client, daemon, chunk));
    daemon.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, daemon],
      [daemon, client],
    ] as const)
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
  });

  async function forward(client: Socket, daemon: Socket, chunk: Buffer): Promise<void> {
    const end =
      chunk.subarray(0, 4).toString('latin1') === 'POST' && chunk.includes('/attach?')
        ? chunk.indexOf('\r\n\r\n')
        : -1;
    if (end < 0) return void daemon.write(chunk);
    cuts++;
    client.pause();
    daemon.write(chunk.subarray(0, end + 4));
    await new Promise((resolve) => setTimeout(resolve, 100));
    daemon.write(chunk.subarray(end + 4));
    client.resume();
  }

  const sandbox = useSandbox({ docker: { socketPath }, ahead: false });
  afterAll(async () => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('what is not ours in the container’s input is dropped', async () => {
    await once(server.listen(socketPath), 'listening');
    const { outcomes, error } = await tryCode(sandbox, identity, [['x'], ['y']]);
    expect(error).toBeNull();
    expect(outcomes?.map((outcome) => outcome.ok && outcome.cells[0])).toEqual(['x', 'y']);
    expect(cuts).toBe(1);
  });
});
