/** The demo as a process: everything accounted for, nothing left behind – also after Ctrl-C. */
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './run-cli.ts';
import { runProcess } from './run-process.ts';

/** A temporary folder of its own, so that one sees what the server leaves there. */
function makeTemporary(): string {
  const folder = makeFolder();
  chmodSync(folder, 0o777);
  return folder;
}

test('every planted defect is accounted for, and nothing is left running', async () => {
  const folder = makeFolder();
  const TMPDIR = makeTemporary();
  const { code, stdout, stderr } = await runProcess(['demo', '--scale', '0.002', '--json'], {
    folder,
    env: { TMPDIR },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    status: 'success',
    entities: 45,
    overallStatus: 'verified',
    defects: {
      open: [],
      unplanned: [],
      byFate: { quarantined: 19, repaired: 15, migrated: 19 },
      planted: 53,
    },
  });
  for (const { file } of result.files) expect(existsSync(file)).toBe(true);
  expect(readdirSync(join(folder, 'reports'))).toHaveLength(3);
  const html = readFileSync(
    result.files.find(({ format }: { format: string }) => format === 'html').file,
    'utf8',
  );
  expect(html).toContain('match the old one, field by field');
  expect(readdirSync(TMPDIR)).toEqual([]);
});

test('Ctrl-C ends it with 130 and removes the server', async () => {
  const TMPDIR = makeTemporary();
  let pressed = false;
  const { code, stderr } = await runProcess(['demo', '--scale', '0.002'], {
    folder: makeFolder(),
    env: { TMPDIR },
    onOutput: (text, child) => {
      if (pressed || !text.includes('Plan ')) return;
      pressed = true;
      child.kill('SIGINT');
    },
  });
  expect(code).toBe(130);
  expect(stderr).toContain('Stopping the demo');
  expect(stderr).not.toContain('Error');
  expect(readdirSync(TMPDIR)).toEqual([]);
});
