/**
 * The composition root: Docker, image, containers, runners. Nothing is asked of Docker before the first `open`; a plan
 * without code never notices whether there is a Docker at all.
 *
 * One started container is kept ahead, so that opening code, again after a death as well, takes milliseconds.
 */

import { checkTypes } from './check/check-types.ts';
import type { ContainerPlan, SandboxContainer } from './container/container.ts';
import { type Guard, postGuard } from './container/guard.ts';
import { nodeFlags } from './container/hardening.ts';
import { ownerLabels, thisOwner } from './container/owner.ts';
import { reapContainers } from './container/reap.ts';
import { createStock, type Stock } from './container/stock.ts';
import type { CodeRunner, CodeRunners, CodeUnit } from './contract.ts';
import {
  ASK_MILLISECONDS,
  createDockerClients,
  type DockerClients,
  type DockerPlace,
  within,
} from './daemon/docker-clients.ts';
import { dockerFailure } from './daemon/docker-failure.ts';
import type { Diagnosis } from './doctor/diagnosis.ts';
import { examine } from './doctor/examine.ts';
import { readHarness } from './harness/read-harness.ts';
import { ensureImage, type SandboxImage } from './image/ensure-image.ts';
import { type Limits, usualLimits } from './limits.ts';
import { loadCode } from './runner/runner.ts';
import { SandboxError } from './sandbox-error.ts';

export interface SandboxOptions {
  readonly docker?: DockerPlace;
  /** The image to use and no other; null or left out: see image/ensure-image.ts. */
  readonly image?: string | null;
  readonly limits?: Partial<Limits>;
  /** Whether to keep a container ahead. */
  readonly ahead?: boolean;
  /** For tests of what happens when the harness itself is in the wrong hands. */
  readonly harness?: string;
}

export interface Sandbox extends CodeRunners {
  /** Makes everything ready that the first `open` would have to wait for. Throws a SandboxError. */
  warm(): Promise<void>;
  /** Takes away what killed processes left. Returns how many containers. Throws a SandboxError. */
  reap(): Promise<number>;
  /** What is there, what is missing, and what holds when it is tried from inside. Takes some seconds. */
  examine(): Promise<Diagnosis>;
}

interface Ready {
  readonly image: SandboxImage;
  readonly plan: ContainerPlan;
  readonly stock: Stock;
}

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const limits: Limits = { ...usualLimits, ...options.limits };
  const runners = new Set<CodeRunner>();
  const opening = new Set<Promise<CodeRunner>>();
  let connected: DockerClients | undefined;
  let prepared: Promise<Ready> | undefined;
  let guard: Guard | undefined;
  let isClosed = false;

  const clients = () => {
    connected ??= createDockerClients(options.docker);
    return connected;
  };
  const prepare = async (): Promise<Ready> => {
    const docker = clients();
    await within(ASK_MILLISECONDS, () => docker.ask.ping()).catch((error: unknown) => {
      throw dockerFailure(error);
    });
    guard ??= postGuard(options.docker ?? {}, ownerLabels(thisOwner())); // before there is anything to guard
    const [image] = await Promise.all([
      ensureImage(docker.stream, options.image ?? null),
      reapContainers(docker.ask),
    ]);
    const plan: ContainerPlan = {
      image: image.id,
      limits,
      program: options.harness ?? readHarness(),
      flags: nodeFlags(limits),
      labels: ownerLabels(thisOwner()),
    };
    return { image, plan, stock: createStock(docker, plan, options.ahead ?? true) };
  };
  const ready = () => {
    if (isClosed) throw new SandboxError('closed', 'The sandbox was closed.');
    prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined; // Docker may be there the next time
      throw error;
    });
    return prepared;
  };

  /** Somebody may have removed the image since it was looked for: once more, from there. */
  const take = async (): Promise<{ stock: Stock; container: SandboxContainer }> => {
    const { stock } = await ready();
    try {
      return { stock, container: await stock.take() };
    } catch (error) {
      if (!(error instanceof SandboxError) || error.kind !== 'image-missing') throw error;
      await stock.close();
      prepared = undefined;
      const next = (await ready()).stock;
      return { stock: next, container: await next.take() };
    }
  };

  const open = async (unit: CodeUnit): Promise<CodeRunner> => {
    const { stock, container } = await take();
    const loaded = await loadCode(container, unit, limits);
    const runner: CodeRunner = {
      run: loaded.run,
      async close() {
        runners.delete(runner);
        await loaded.close();
      },
    };
    runners.add(runner);
    if (isClosed) await runner.close();
    else stock.refill();
    return runner;
  };

  const sandbox: Sandbox = {
    open(unit) {
      const work = open(unit);
      opening.add(work);
      const done = () => void opening.delete(work);
      work.then(done, done);
      return work;
    },
    check: (unit, contract) => checkTypes(unit.source, contract),
    async warm() {
      await (await ready()).stock.warm();
    },
    reap: () => reapContainers(clients().ask),
    examine: () => examine({ clients, ready, runners: sandbox }),
    async close() {
      isClosed = true;
      const store = (await prepared?.catch(() => undefined))?.stock;
      await Promise.all([store?.close(), ...[...runners].map((runner) => runner.close())]);
      await Promise.allSettled(opening); // what was on its way is closed as it arrives
      guard?.dismiss();
    },
  };
  return sandbox;
}
