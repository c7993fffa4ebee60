/**
 * Proves what the container holds by itself, without any help of node or the harness: the case of code that has broken
 * out of both. Three containers: one that tries everything harmless, one that starts processes, one that eats memory.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { type ContainerPlan, type SandboxContainer, startContainer } from '../container/container.ts';
import type { DockerClients } from '../daemon/docker-clients.ts';
import { printable } from '../runner/answers.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { Proof } from './diagnosis.ts';

const promises: Readonly<Record<string, string>> = {
  user: 'runs as nobody',
  capabilities: 'has no capabilities',
  privileges: 'cannot gain privileges',
  'system-calls': 'has its system calls filtered',
  root: 'cannot become root',
  environment: 'gets no variables of the host',
  files: 'can write nowhere',
  'host-files': 'sees no files of the host',
  'host-processes': 'sees no other processes',
  'open-files': 'can open few files',
  network: 'has no network',
  connections: 'cannot connect to anything',
  packets: 'cannot send a packet',
  'host-ports': 'cannot reach ports of the host',
};

const PROBE_MILLISECONDS = 20_000;

/** Throws a SandboxError where no container can be started. */
export async function proveByKernel(clients: DockerClients, plan: ContainerPlan): Promise<Proof[]> {
  const knock = await openPort();
  try {
    const told = await probe(clients, plan, 'usual', knock.port);
    const proofs = Object.entries(promises).map(([name, what]) => proofOf(name, what, told));
    const processes = proofOf(
      'processes',
      'cannot start processes without end',
      await probe(clients, plan, 'processes'),
    );
    const visits = knock.visits();
    return [
      ...proofs.map((proof) =>
        proof.name === 'host-ports' && visits > 0 ? { ...proof, held: false } : proof,
      ),
      processes,
      await proveMemory(clients, plan),
    ];
  } finally {
    knock.close();
  }
}

type Told = ReadonlyMap<string, { readonly held: boolean; readonly saw: string }>;

function proofOf(name: string, what: string, told: Told): Proof {
  const answer = told.get(name);
  return answer === undefined ? { name, what, held: null, saw: 'not tried' } : { name, what, ...answer };
}

async function probe(clients: DockerClients, plan: ContainerPlan, mode: string, port = 0): Promise<Told> {
  const container = await startContainer(clients, {
    ...plan,
    flags: ['--no-warnings'],
    program: program(mode, port, plan),
  });
  try {
    return read(await ask(container));
  } finally {
    await container.close();
  }
}

/** Any message is the question. */
const ask = async (container: SandboxContainer) =>
  (await container.request('P', '', PROBE_MILLISECONDS)).body;

function read(body: Buffer): Told {
  const list: unknown = JSON.parse(body.toString('utf8'));
  const told = new Map<string, { held: boolean; saw: string }>();
  for (const { name, held, saw } of Array.isArray(list) ? list : [])
    told.set(String(name), { held: held === true, saw: printable(String(saw)) });
  return told;
}

async function proveMemory(clients: DockerClients, plan: ContainerPlan): Promise<Proof> {
  const proof = { name: 'memory', what: `cannot use more than ${plan.limits.memoryMegabytes} MB` };
  const container = await startContainer(clients, {
    ...plan,
    flags: ['--no-warnings'],
    program: program('memory', 0, plan),
  });
  try {
    const saw = read(await ask(container)).get('memory')?.saw ?? 'it did not say';
    return { ...proof, held: false, saw };
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    const held = error.kind === 'oom' || error.kind === 'stopped';
    return { ...proof, held, saw: held ? 'the kernel ended it' : error.message };
  } finally {
    await container.close();
  }
}

function program(mode: string, port: number, { limits }: ContainerPlan): string {
  const text = readFileSync(new URL('./probe.cjs', import.meta.url), 'utf8');
  return `const MODE = ${JSON.stringify(mode)}, HOST_PORT = ${port}, MEGABYTES = ${limits.memoryMegabytes};\n${text}`;
}

/** A port on the host's loopback that counts who knocks. */
async function openPort(): Promise<{ port: number; visits: () => number; close: () => void }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, visits: () => visits, close: () => void server.close() };
}
