/** Suites that need real containers: skipped without Docker, failing where Docker was promised. */
import { afterAll, describe, expect, test } from 'vitest';
import { sandboxLabel } from '../../../sandbox/container/owner.ts';
import type { CodeUnit, RowOutcome } from '../../../sandbox/contract.ts';
import { createDockerClients } from '../../../sandbox/daemon/docker-clients.ts';
import { createSandbox, type Sandbox, SandboxError, type SandboxOptions } from '../../../sandbox/index.ts';

const { ask } = createDockerClients();
const isHere = await ask.ping().then(
  () => true,
  () => false,
);

export function describeWithDocker(name: string, suite: () => void): void {
  if (isHere) describe(name, suite);
  else if (process.env.TOWPATH_REQUIRE_DOCKER === '1')
    test(name, () => expect.fail('Docker does not answer, and TOWPATH_REQUIRE_DOCKER=1 promises it.'));
  else describe.skip(`${name} (not run: Docker does not answer)`, suite);
}

/** Closed after the last test of the file, which then looks whether a container of this process is left. */
export function useSandbox(options: SandboxOptions = {}): Sandbox {
  const sandbox = createSandbox(options);
  afterAll(async () => {
    await sandbox.close();
    expect(await ownContainers()).toEqual([]);
  });
  return sandbox;
}

export async function ownContainers(process_ = process.pid): Promise<string[]> {
  const label = [sandboxLabel, `towpath.sandbox.process=${process_}`];
  const all = await ask.listContainers({ all: true, filters: { label } });
  return all.map(({ Id, State }) => `${Id.slice(0, 12)} ${State}`);
}

export interface Ending {
  readonly outcomes: readonly RowOutcome[] | null;
  readonly error: SandboxError | null;
  readonly milliseconds: number;
}

/** Opens, runs, closes. What is thrown must be typed. */
export async function tryCode(
  sandbox: Sandbox,
  unit: CodeUnit,
  rows: readonly (readonly (string | null)[])[],
): Promise<Ending> {
  const started = performance.now();
  const ending = (outcomes: Ending['outcomes'], error: SandboxError | null) => ({
    outcomes,
    error,
    milliseconds: performance.now() - started,
  });
  try {
    const runner = await sandbox.open(unit);
    try {
      return ending(await runner.run(rows), null);
    } finally {
      await runner.close();
    }
  } catch (error) {
    if (error instanceof SandboxError) return ending(null, error);
    throw error;
  }
}

export function unitOf(body: string, more: Partial<CodeUnit> = {}): CodeUnit {
  return { source: body, reads: ['a'], writes: ['b'], ...more };
}
