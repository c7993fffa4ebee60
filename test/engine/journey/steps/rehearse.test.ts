/** What faults have shown of a plan stays known: a rehearsal without them does not take it back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ChaosReport } from '../../../../engine/contract/chaos.ts';
import type { RehearsalReport, RehearseOptions } from '../../../../engine/contract/rehearsal.ts';
import { createClock } from '../../../../engine/core/clock.ts';
import type { JourneyDependencies } from '../../../../engine/journey/dependencies.ts';
import { start } from '../../../../engine/journey/steps/move.ts';
import { rehearse } from '../../../../engine/journey/steps/rehearse.ts';
import { createPlan } from '../../../../engine/mapping/suggest-plan.ts';
import { takeRecommended } from '../../../../engine/plan/open-questions.ts';
import { planHash } from '../../../../engine/plan/plan-hash.ts';
import { writePlan } from '../../../../engine/plan/write-plan.ts';
import { createWorkspace } from '../../../../engine/workspace/workspace.ts';
import { held } from '../../report/held-chaos.ts';
import { catalog, column } from '../../schema/build-catalog.ts';

const shop = catalog([{ name: 'users', columns: [column('id'), column('email', 'text')] }]);
const plan = takeRecommended(createPlan(shop, { migration: 'shop', today: '2026-01-02' }));
const broken: ChaosReport = {
  ...held,
  status: 'failed',
  violations: [
    { move: 1, kinds: [], check: 'rows-lost', entity: 'users', rows: 1, message: 'users: 1 row is missing.' },
  ],
};
const unproven: ChaosReport = { ...held, status: 'not-proven', notProven: ['the sample has no rows'] };

const passed: RehearsalReport = {
  status: 'passed',
  planHash: planHash(plan),
  entities: [],
  validation: {
    ...{ runId: 'run', type: 'all', timestamp: '2026-01-02T03:04:05.000Z', overallStatus: 'verified' },
    ...{ checks: [], issues: [], notVerified: [], recommendations: [], rowsCompared: 0, valuesCompared: 0 },
    money: [],
  },
  forecast: { rows: 0, seconds: { low: 1, likely: 1, high: 2 }, targetBytes: 0, walBytes: 0 },
  removedLeftovers: [],
};
const differing: RehearsalReport = {
  ...passed,
  status: 'failed',
  validation: { ...passed.validation, overallStatus: 'differences' },
};

/** A rehearsal with faults answers the one, one without the other. */
function journey(underFaults: RehearsalReport, ordinary: RehearsalReport = passed): JourneyDependencies {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-journey-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const workspace = createWorkspace({ folder });
  workspace.writeCatalog(shop);
  workspace.writePlanText(writePlan(plan));
  const engine = {
    useApproval: async () => ({ maxRows: 100 }),
    rehearse: async (_plan: unknown, { chaos }: RehearseOptions) => (chaos ? underFaults : ordinary),
    currentRun: async () => null,
    approvals: async () => [],
    requestApproval: async () => ({ title: 'May it start?', reversible: { answer: 'yes', how: 'so' } }),
  } as unknown as JourneyDependencies['engine'];
  const launch = () => {
    throw new Error('nothing is to be launched');
  };
  return { engine, workspace, launch, clock: createClock(), names: { source: 'a', target: 'b' } };
}

const words = async (effect: ReturnType<typeof rehearse>) => {
  const done = await effect;
  return done.status === 'done' ? done.told.words : done.words;
};

test('a plan that faults have broken does not start because an ordinary rehearsal of it goes through', async () => {
  const deps = journey({ ...passed, status: 'failed', chaos: broken });
  expect(await words(rehearse(deps, 'anna', { chaos: true }))).toContain('does not start with this plan');
  expect(await words(rehearse(deps, 'anna'))).toContain('An earlier rehearsal of this plan, under faults:');
  await expect(start(deps, 'anna')).rejects.toMatchObject({ code: 'REHEARSAL_MISSING' });
});

test('faults that then find nothing wrong open the way again', async () => {
  const deps = journey({ ...passed, chaos: held });
  deps.workspace.writeRehearsal({ ...passed, status: 'failed', chaos: broken });
  await rehearse(deps, 'anna', { chaos: true });
  expect(await start(deps, 'anna')).toMatchObject({ status: 'needs-approval' });
});

test('what proved nothing is told as that, does not close the way, and is tried again when asked for', async () => {
  const deps = journey({ ...passed, chaos: unproven });
  expect(await words(rehearse(deps, 'anna', { chaos: true }))).toContain(
    'Nothing is proven: the sample has no rows.',
  );
  expect(await start(deps, 'anna')).toMatchObject({ status: 'needs-approval' });
  const again = { ...deps, engine: { ...deps.engine, rehearse: async () => ({ ...passed, chaos: held }) } };
  expect(await words(rehearse(again, 'anna', { chaos: true }))).toContain('nothing was lost');
});

test('where the rehearsal itself does not go through, it says that no fault was tried', async () => {
  const deps = journey(differing);
  expect(await words(rehearse(deps, 'anna', { chaos: true }))).toContain('No fault was tried');
});
