/** What a retry leaves in the plan file, says and ends with, however it goes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CauseCard, RetryOptions, RetryReport } from '../../../engine/contract/quarantine.ts';
import { MigrationError } from '../../../engine/core/errors.ts';
import { planHash } from '../../../engine/plan/plan-hash.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { createFakeEngine, fakeCauseCard, fakeRetry } from '../fake-engine.ts';
import { errorShape, successShape } from '../json-shapes.ts';
import { makeFolder, runCli } from '../run-cli.ts';
import { smallPlan } from '../small-plan.ts';

const TEXT = writePlan(smallPlan());

const card: CauseCard = {
  ...fakeCauseCard,
  entity: 'doctors',
  suggestion: {
    changes: [{ kind: 'set-missing-policy', entity: 'doctors', column: 'office_id', onMissing: 'null' }],
    words: 'Move these rows without the link in office_id.',
    loses: null,
  },
};

type Retry = (options: RetryOptions) => Promise<RetryReport>;

async function retry(words: string, engine: Retry, cards: readonly CauseCard[] = [card]) {
  const folder = makeFolder();
  const file = join(folder, 'towpath.plan.yaml');
  writeFileSync(file, TEXT);
  const fake = createFakeEngine({ causeCards: async () => [...cards], retry: engine });
  const result = await runCli(`quarantine retry ${words}`.split(' '), { folder, fake });
  return { ...result, text: readFileSync(file, 'utf8') };
}

const followed: Retry = async ({ plan }) => ({ ...fakeRetry, planHash: planHash(plan!) });

const refused =
  (code: string): Retry =>
  async () => {
    throw new MigrationError({ code, message: 'Not so.', hint: 'Nothing was changed.' });
  };

test('the plan file gets the suggestion once the run goes by it, and machines are told', async () => {
  const { code, stdout, text } = await retry('--suggested --yes --json', followed);
  expect(code).toBe(0);
  expect(text).not.toBe(TEXT);
  expect(text).toMatch(/onMissing: ['"]?null/);
  const told = JSON.parse(stdout);
  expect(successShape.parse(told)).toBeDefined();
  expect(told).toMatchObject({
    planChanges: ['Move these rows without the link in office_id.'],
    compared: 'verified',
  });
  expect(told.results).toMatchObject({ totalRecords: 106, successful: 100, failed: 4, excluded: 2 });
});

test.each([
  ['APPROVAL_REQUIRED', 4],
  ['APPROVAL_DECLINED', 4],
  ['RETRY_CHANGES_MOVED_ROWS', 3],
  ['DISK_FULL', 1],
])('%s leaves the plan file as it was', async (error, expected) => {
  const { code, text } = await retry('--suggested', refused(error));
  expect(code).toBe(expected);
  expect(text).toBe(TEXT);
});

test('nothing fitted, so the run goes by its old plan, and so does the file', async () => {
  const entities = [{ ...fakeRetry.entities[0]!, moved: 0, gone: 0, leftOut: 0, stillHeld: 106 }];
  const report = { ...fakeRetry, entities, validation: null, canFollow: [] };
  const { code, stdout, text } = await retry('--suggested --yes --json', async () => report);
  expect(code).toBe(5);
  expect(text).toBe(TEXT);
  expect(JSON.parse(stdout)).toMatchObject({ planChanges: [], error: { code: 'NOTHING_FITS' } });
});

test('who has to wait for a yes is told the whole command to give again', async () => {
  const words = '0a1b --cause orphan-reference --entity doctors --suggested --no-validate';
  const { stderr } = await retry(words, refused('APPROVAL_REQUIRED'));
  expect(stderr).toContain(`towpath quarantine retry ${words}`);
});

test.each([
  ['differences', 'VALIDATION_FAILED'],
  ['incomplete', 'VALIDATION_INCOMPLETE'],
] as const)('%s end with 3, and say so in words and fields', async (validation, error) => {
  const report = { ...fakeRetry, validation, runState: 'copied' };
  const { code, stdout, stderr } = await retry('--yes --json', async () => report);
  expect(code).toBe(3);
  const told = JSON.parse(stdout);
  expect(errorShape.parse(told).error.code).toBe(error);
  expect(told.validation.recordCountMatch).toBeNull();
  expect(stderr).toMatch(/Error: .*\nNext: .*towpath (report|validate)/);
});

test('what names no row that is set aside moves none, rather than all', async () => {
  const { code, stdout, fake } = await retry('--entity offices --yes', followed);
  expect(code).toBe(0);
  expect(stdout).toContain('No row is set aside');
  expect(fake.asked.map(({ method }) => method)).not.toContain('retry');
});
