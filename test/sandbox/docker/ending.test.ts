/** What is still there when nothing is wanted any more: no container, no handle that keeps a process from ending. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSandbox } from '../../../sandbox/index.ts';
import { describeWithDocker, ownContainers, unitOf } from './with-docker.ts';

const identity = unitOf('export default (row) => ({ b: row.a });');
const door = join(import.meta.dirname, '../../../sandbox/index.ts');

describeWithDocker('the end', () => {
  test.each([
    ['closed', 'await sandbox.close();'],
    [
      'closed after failures',
      'await sandbox.open({ ...unit, source: "for (;;);" }).catch(() => {}); await sandbox.close();',
    ],
    ['closed twice', 'await Promise.all([sandbox.close(), sandbox.close()]);'],
  ])('a process whose sandbox was %s ends by itself', async (_, ending) => {
    const program = `
      import { createSandbox } from ${JSON.stringify(door)};
      const unit = { source: 'export default (row) => row', reads: ['a'], writes: ['a'] };
      const sandbox = createSandbox({ limits: { batchMilliseconds: 300 } });
      const runner = await sandbox.open(unit);
      await runner.run([['x']]);
      ${ending}
      process.stdout.write('done');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = await once(child.stdout, 'data');
    expect(String(said)).toBe('done');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(await ownContainers(child.pid)).toEqual([]);
  });

  test('closing waits for what was on its way', async () => {
    const sandbox = createSandbox();
    const opened = sandbox.open(identity);
    opened.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 60));
    await sandbox.close();
    expect(await ownContainers()).toEqual([]);
    await Promise.allSettled([opened]);
    expect(await ownContainers()).toEqual([]);
  });
});
