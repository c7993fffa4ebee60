/**
 * The worst case: the code has broken out of realm, harness and node, and speaks for the sandbox itself. What is left are
 * the container and the host's disbelief. Each ends typed, or with what it said if that was well-formed, within its time.
 */
import { expect, test } from 'vitest';
import { createSandbox, SandboxError } from '../../../../sandbox/index.ts';
import { describeWithDocker, ownContainers, unitOf } from '../with-docker.ts';
import { conduct } from './harness-conduct.ts';
import { type Case, prelude } from './harness-prelude.ts';
import { talk } from './harness-talk.ts';
import { watchHost } from './host-watch.ts';

const cases: readonly Case[] = [...talk, ...conduct];

describeWithDocker('a harness in the wrong hands', () => {
  const host = watchHost();

  test('there are enough of them', () => expect(cases.length).toBeGreaterThanOrEqual(15));

  test.each(cases)('$name', async ({ program, kinds }) => {
    const sandbox = createSandbox({
      harness: prelude + program,
      ahead: false,
      limits: { batchMilliseconds: 700, graceMilliseconds: 1000, startMilliseconds: 8000 },
    });
    const started = performance.now();
    const memoryBefore = process.memoryUsage().rss;
    const end = await fullRun(sandbox);
    if (end instanceof SandboxError) checkFailure(end);
    else expect(end).toMatchObject([{}]);
    if (kinds === 'rows') expect(end).toMatchObject([{ ok: expect.any(Boolean) }]);
    else if (kinds !== 'rows-or-failure') expect(end).toMatchObject({ kind: expect.toBeOneOf([...kinds]) });
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(400 << 20);
    await sandbox.close();
    expect(await ownContainers()).toEqual([]);
    host.checkUnchanged();
  });

  function checkFailure({ message, hint }: SandboxError): void {
    expect(message).toMatch(/^\p{Lu}[^\p{Cc}\p{Bidi_Control}]{0,1200}$/u);
    expect(message).not.toMatch(/\[(x|\/)/); // the list of what it wrote or sent
    expect(hint).toMatch(/^\p{Lu}[^\p{Cc}]*\.$/u);
  }

  /** Two batches, so that what is said after the first answer is heard as well. */
  async function fullRun(sandbox: ReturnType<typeof createSandbox>): Promise<unknown> {
    try {
      const runner = await sandbox.open(unitOf('export default (row) => ({ b: row.a });'));
      await runner.run([['x']]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return await runner.run([['y']]);
    } catch (error) {
      return error;
    }
  }
});
