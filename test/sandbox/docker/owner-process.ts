/** A host to be killed: does something, says so on stdout, and goes on until somebody ends it. */
import { setTimeout as pause } from 'node:timers/promises';
import { postGuard } from '../../../sandbox/container/guard.ts';
import { containerOptions } from '../../../sandbox/container/hardening.ts';
import { ownerLabels, thisOwner } from '../../../sandbox/container/owner.ts';
import { createDockerClients } from '../../../sandbox/daemon/docker-clients.ts';
import { ensureImage } from '../../../sandbox/image/ensure-image.ts';
import { sendImage } from '../../../sandbox/image/transfer.ts';
import { createSandbox } from '../../../sandbox/index.ts';
import { usualLimits } from '../../../sandbox/limits.ts';

const [how = 'busy'] = process.argv.slice(2);
/** Speaks like the harness, answers nothing, and does not mind that its input ends. */
const deaf = `
  const fs = require('node:fs');
  const send = (type, seq, text) => { const b = Buffer.alloc(9 + text.length); b.writeUInt32LE(text.length, 0); b[4] = type.charCodeAt(0); b.writeUInt32LE(seq, 5); b.write(text, 9); fs.writeSync(1, b); };
  process.stdin.on('error', () => {});
  process.stdin.once('data', () => setTimeout(() => send('K', 1, ''), 50));
  setInterval(() => {}, 1000);
  send('H', 0, '{"node":"v99.0.0"}');
`;

const running = () => process.stdout.write('running\n');

/** In the middle of sending an image. */
async function build(): Promise<void> {
  async function* slowly(): AsyncGenerator<Buffer> {
    for (let megabyte = 0; megabyte < 100; megabyte++) {
      yield Buffer.alloc(1 << 20);
      if (megabyte === 3) running();
      await pause(100);
    }
  }
  const content = { bytes: 100 << 20, read: slowly };
  const { stream } = createDockerClients();
  await sendImage(stream, 'towpath-sandbox-test', [{ path: '/half', mode: 0o644, content }], {
    'towpath.sandbox.test': String(process.pid),
  });
}

/** Between creating a container and starting it. */
async function create(): Promise<void> {
  const { ask, stream } = createDockerClients();
  const labels = ownerLabels(thisOwner());
  postGuard({}, labels);
  const { id } = await ensureImage(stream, null);
  const wish = { image: id, limits: usualLimits, program: deaf, argument: '{}', flags: [], labels };
  await ask.createContainer(containerOptions(wish));
  await pause(300);
  running();
}

/** With code at work, waiting, or in a harness that was taken over. */
async function run(): Promise<void> {
  const sandbox = createSandbox({
    limits: { batchMilliseconds: 5000 },
    ...(how === 'deaf' ? { harness: deaf } : {}),
  });
  const runner = await sandbox.open({
    source: 'export default (row) => { while (row.a === "busy"); return { b: row.a }; };',
    reads: ['a'],
    writes: ['b'],
  });
  await sandbox.warm(); // both containers are there before the time of the batch begins
  const batch = runner.run([[how]]);
  running();
  await batch;
}

if (how === 'building') await build();
else if (how === 'created') await create();
else await run();
setInterval(() => {}, 1000);
