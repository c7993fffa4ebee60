/** `towpath sandbox doctor`: what is there, what is missing and how to get it, and what holds when tried from inside. */
import type { ContainerPlan } from '../container/container.ts';
import { sandboxLabel } from '../container/owner.ts';
import type { CodeRunners } from '../contract.ts';
import type { DockerClients } from '../daemon/docker-clients.ts';
import { dockerFailure } from '../daemon/docker-failure.ts';
import type { SandboxImage } from '../image/ensure-image.ts';
import type { SandboxError } from '../sandbox-error.ts';
import { proveByCode } from './code-proofs.ts';
import type { Diagnosis, Fact, Proof } from './diagnosis.ts';
import { proveByKernel } from './kernel-proofs.ts';
import { imageFact, readFacts } from './machine-facts.ts';

export interface Patient {
  readonly clients: () => DockerClients;
  readonly ready: () => Promise<{ readonly image: SandboxImage; readonly plan: ContainerPlan }>;
  readonly runners: CodeRunners;
}

/** Never throws: what is wrong is its result. */
export async function examine({ clients, ready, runners }: Patient): Promise<Diagnosis> {
  let facts: Fact[] = [];
  let remarks: string[] = [];
  const proofs: Proof[] = [];
  const end = (problem: SandboxError | null): Diagnosis => ({
    ready: problem === null && proofs.length > 0 && proofs.every(({ held }) => held === true),
    facts,
    proofs,
    remarks,
    problem: problem && { kind: problem.kind, message: problem.message, hint: problem.hint },
  });
  try {
    const docker = clients();
    await docker.ask.ping();
    ({ facts, remarks } = await readFacts(docker.ask));
    const { image, plan } = await ready();
    facts = [...facts, imageFact(image)];
    proofs.push(...(await proveByKernel(docker, plan)));
    facts = [...facts, await timeStart(runners)];
    proofs.push(...(await proveByCode(runners)), await proveNothingLeft(docker, plan));
    return end(null);
  } catch (error) {
    return end(dockerFailure(error));
  }
}

/** From nothing to the first row, and once more with a container ahead. */
async function timeStart(runners: CodeRunners): Promise<Fact> {
  const unit = { source: 'export default (row: { a: string }) => row;', reads: ['a'], writes: ['a'] };
  const times: number[] = [];
  for (let round = 0; round < 2; round++) {
    const started = performance.now();
    const runner = await runners.open(unit);
    await runner.run([['x']]);
    times.push(performance.now() - started);
    await runner.close();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  const [cold = 0, warm = 0] = times;
  return {
    name: 'first row',
    value: `after ${cold.toFixed(0)} ms, with a container ahead after ${warm.toFixed(0)} ms`,
  };
}

/** Of the probes: they are closed, so none may be there. */
async function proveNothingLeft({ ask }: DockerClients, plan: ContainerPlan): Promise<Proof> {
  const mine = Object.entries(plan.labels).map(([name, value]) => `${name}=${value}`);
  const all = await ask.listContainers({ all: true, filters: { label: mine } });
  const ended = all.filter(({ State }) => State === 'exited' || State === 'dead').length;
  return {
    name: 'left-overs',
    what: 'leaves no container behind',
    held: ended === 0 && all.length <= 1, // the one that is kept ahead
    saw: `${ended} that ended, ${all.length - ended} kept ahead (label ${sandboxLabel})`,
  };
}
