import { expect, test } from 'vitest';
import { MigrationError } from '../../engine/core/errors.ts';
import { createFakeEngine, fakeExplanation } from './fake-engine.ts';
import { runCli } from './run-cli.ts';

test('a row is told with its transforms, its run and its links; values are hidden unless asked for', async () => {
  const { code, stdout, fake } = await runCli(['explain', 'patients', '4711']);
  expect(code).toBe(0);
  expect(fake.asked).toEqual([
    { method: 'explainRow', values: [{ entity: 'patients', id: '4711', values: 'masked' }] },
  ]);
  expect(stdout).toContain('patients 4711 is in the target.');
  expect(stdout).toMatch(/Run r1, completed; batch 7, 1 March 2026, 09:00 UTC; plan a{12}\n/);
  expect(stdout).toMatch(/Approved by: Ada, 1 March 2026/);
  expect(stdout).toMatch(
    /name\s+name\s+loses spaces at its ends\s+“ Berg ”\s+Berg\n\s+becomes upper case\s+Berg\s+BERG\s+BERG/,
  );
  expect(stdout).toMatch(/ward_id: wards\s+A 1\s+set aside/);
  expect(stdout).toContain('Personal values are hidden; --values shows them.');
  expect(stdout).not.toContain('Next:');

  const open = await runCli(['explain', 'patients', ' 4711 ', '--values', '--run', 'r1']);
  expect(open.fake.asked[0]!.values).toEqual([
    { entity: 'patients', id: '4711', values: 'shown', runId: 'r1' },
  ]);
  expect(open.stdout).not.toContain('hidden');
});

test('hostile names and values do not reach the terminal', async () => {
  const evil = 'a\u001b[2Jb\u202ec\nd';
  const row = fakeExplanation({
    words: `x ${evil}`,
    legacyId: evil,
    next: 'map',
    notKnown: [evil],
    repairs: [{ column: evil, rule: 'orphan-reference' }],
    references: [{ column: evil, entity: 'wards', legacyId: evil, newId: null, fate: 'missing' }],
    columns: fakeExplanation().columns.map((column) => ({
      ...column,
      column: evil,
      held: evil,
      misfit: { reason: 'too-long', message: evil },
      steps: column.steps.map((step) => ({ ...step, words: evil, before: evil, after: evil })),
    })),
  });
  const { stdout } = await runCli(['explain', 'patients', '1'], {
    fake: createFakeEngine({ explainRow: async () => row }),
  });
  for (const sign of ['\u001b', '\u202e']) expect(stdout).not.toContain(sign);
  expect(stdout).toContain('Next: towpath map');
});

test('as JSON, and an entity that there is not', async () => {
  const { stdout } = await runCli(['explain', 'patients', '4711', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    status: 'success',
    row: JSON.parse(JSON.stringify(fakeExplanation())),
  });
  const refused = await runCli(['explain', 'patient', '1'], {
    fake: createFakeEngine({
      explainRow: async () => {
        throw new MigrationError({
          code: 'UNKNOWN_ENTITY',
          message: 'No such.',
          hint: 'Did you mean patients?',
        });
      },
    }),
  });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toBe(
    'Error: No such.\nNext: Did you mean patients?\nMore: docs/recovery.md#unknown_entity\n',
  );
});
