/** What code or a trigger says of a row may quote it, with quotes around it or without. */
import { expect, test } from 'vitest';
import type { QuarantinedRow } from '../../../engine/contract/quarantine.ts';
import { createFakeEngine } from '../fake-engine.ts';
import { runCli } from '../run-cli.ts';

const row = {
  ...{ id: '7', runId: 'r1', entity: 'patients', legacyId: '4711', batchId: 1, column: null },
  ...{
    constraint: null,
    shape: null,
    state: 'held' as const,
    planHash: null,
    createdAt: '2026-03-01T09:00:00.000Z',
  },
  sourceRow: { phone: '030 1234567' },
};

const rows: QuarantinedRow[] = [
  { ...row, reason: 'code-rejected', sqlstate: null, message: 'bad phone Anna Berg' },
  { ...row, reason: 'refused-by-target', sqlstate: 'P0001', message: 'Anna Berg is not wanted' },
];

test.each(rows)('the words of $reason are told with --values only', async (held) => {
  const fake = () => createFakeEngine({ quarantine: async () => [held] });
  const { stdout } = await runCli(['quarantine', 'show', '7'], { fake: fake() });
  expect(stdout).not.toContain('Berg');
  expect(stdout).toMatch(/4711: The (code refuses|new database refused) the row/);
  const json = await runCli(['quarantine', 'show', '7', '--json'], { fake: fake() });
  expect(json.stdout).not.toContain('Berg');
  const open = await runCli(['quarantine', 'show', '7', '--values'], { fake: fake() });
  expect(open.stdout).toContain(held.message);
});
