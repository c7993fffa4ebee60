/** The journey on the small sample, with the real engine and the real process that moves; only the person is a script. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApprovalAction } from '../../../engine/contract/approvals.ts';
import type { Effect } from '../../../engine/contract/journey.ts';
import { loadConfig } from '../../../engine/core/config.ts';
import { type OpenedJourney, openJourney } from '../../../engine/journey/open-journey.ts';
import { createSample } from '../../../sample/create-sample.ts';
import { compileCache } from '../../helpers/compile-cache.ts';
import { defineTemplate, useTestDatabase } from '../../helpers/test-database.ts';

const source = useTestDatabase(
  defineTemplate('sample_for_journeys', async (url) => {
    await createSample(url, { scale: 0.002 });
  }),
);
const target = useTestDatabase('supabase');
const folder = mkdtempSync(join(tmpdir(), 'towpath-journey-'));
const program = fileURLToPath(new URL('../../../cli/towpath.js', import.meta.url));
let opened: OpenedJourney;

beforeAll(async () => {
  opened = await open();
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As another process would: from the files and the databases alone. */
function open(): Promise<OpenedJourney> {
  const env = {
    PATH: process.env.PATH,
    ...compileCache(),
    SOURCE_DATABASE_URL: source.url,
    TARGET_DATABASE_URL: target.url,
  };
  return openJourney({
    config: loadConfig(env),
    place: { folder },
    logFolder: join(folder, 'logs'),
    launcher: { command: [process.execPath, program], cwd: folder, env },
  });
}

async function decide(action: ApprovalAction, decision: 'grant' | 'decline' = 'grant'): Promise<void> {
  const [card] = await opened.engine.approvals({ states: ['requested'] });
  expect(card).toMatchObject({ action });
  await opened.engine.decideApproval(card!.id, { decision, by: 'Office', reason: 'for the test' });
}

function done<Data>(effect: Effect<Data>): Data {
  if (effect.status === 'done') return effect.told.data;
  throw new Error(`needs an approval: ${effect.words}`);
}

test('from nothing to signed, each step only when the one before was done and a person agreed', async () => {
  const { journey } = opened;
  expect(await journey.state()).toMatchObject({ step: 'analyse', run: null, approvals: [] });
  await expect(journey.createPlan()).rejects.toMatchObject({ code: 'CATALOG_MISSING' });
  await expect(journey.rehearse('test')).rejects.toMatchObject({ code: 'PLAN_MISSING' });
  expect((await journey.preflight()).data.filter(({ status }) => status === 'fail')).toEqual([]);

  expect((await journey.analyse()).data.tables).toBe(45);
  expect((await journey.createPlan()).data.entities).toBe(45);
  expect(await journey.state()).toMatchObject({ step: 'plan' });
  await expect(journey.rehearse('test')).rejects.toMatchObject({ code: 'PLAN_HAS_QUESTIONS' });
  await expect(journey.requestApproval('migrate', 'test')).rejects.toMatchObject({
    code: 'PLAN_HAS_QUESTIONS',
  });
  const asked = await journey.questions(null);
  expect(asked.data.next).toMatchObject({ number: 1, required: true });
  expect((await journey.answerQuestion(1, 'b')).data.changes.join()).toContain('records of');
  expect((await journey.answerQuestion(1, 'recommended')).data.mistakes).toEqual([]);
  const rest = await journey.takeRecommended();
  expect(rest.data).toMatchObject({ open: 0, next: null, changes: [] });
  expect(await journey.state()).toMatchObject({ step: 'rehearse' });
  await expect(journey.start('test')).rejects.toMatchObject({ code: 'REHEARSAL_MISSING' });

  expect((await journey.rehearse('test')).status).toBe('needs-approval');
  expect((await journey.rehearse('test')).status, 'asking again is no yes').toBe('needs-approval');
  expect((await journey.state()).approvals).toHaveLength(1);
  const rename = (column: string, to: string) =>
    ({ kind: 'rename-column', entity: 'offices', column, to }) as const;
  await journey.changePlan(rename('zip', 'postcode'));
  expect((await journey.state()).approvals, 'nobody is asked about a plan that is gone').toEqual([]);
  await journey.changePlan(rename('postcode', 'zip'));
  expect((await journey.state()).approvals).toHaveLength(1);
  await decide('rehearse');
  expect(done(await journey.rehearse('test'))).toMatchObject({ status: 'passed' });
  expect(done(await journey.rehearse('test')), 'not repeated').toMatchObject({ status: 'passed' });

  expect((await journey.start('test')).status).toBe('needs-approval');
  expect(await journey.state()).toMatchObject({ step: 'migrate', run: null });
  await decide('migrate');
  done(await journey.start('test'));
  let gates = 0;
  for (;;) {
    const { data } = await journey.untilNextLevel(null, 60_000);
    if (!data.gateClosed) {
      expect(data).toMatchObject({ state: 'completed', error: null });
      break;
    }
    expect((await journey.pause('test')).words).toMatch(
      /^Nothing is moving, so there is nothing to pause\. Step/,
    );
    expect((await journey.acceptSetAside('test')).status).toBe('needs-approval');
    await decide('accept-set-aside');
    done(await journey.acceptSetAside('test'));
    gates += 1;
  }
  expect(gates, 'the planted defects close gates').toBeGreaterThan(0);

  const validated = await journey.validate();
  expect(validated.data).toMatchObject({ overallStatus: 'verified' });
  expect(validated.words).not.toMatch(/\.[.;]/);
  expect(await journey.state()).toMatchObject({ step: 'report' });

  const { data: cards } = await journey.causeCards();
  const lossless = cards.find(({ suggestion, loses }) => suggestion !== null && loses === null)!;
  const choice = { cards: [lossless.id], suggested: true };
  const tried = await journey.tryFix(choice);
  expect(tried.data).toMatchObject({ wouldMove: lossless.rows, refusal: null });
  expect((await journey.retryHeld(choice, 'test')).status).toBe('needs-approval');
  await decide('retry-quarantine');
  expect(done(await journey.retryHeld(choice, 'test'))).toMatchObject({
    moved: lossless.rows,
    verified: true,
  });
  expect(await journey.state()).toMatchObject({ step: 'report', run: { state: 'completed' } });
  expect((await journey.writeReport()).data.files).toHaveLength(3);
  expect(await journey.state()).toMatchObject({ step: 'sign-off', signedOff: null });
  expect((await journey.signOff('test')).status).toBe('needs-approval');
  await decide('sign-off');
  done(await journey.signOff('test'));
  expect(await journey.state()).toMatchObject({ step: 'done', signedOff: { by: 'Office' } });
});

test('another process sees the same state', async () => {
  const other = await open();
  expect(await other.journey.state()).toEqual(await opened.journey.state());
  await other.close();
});

test('a plan whose records are in the new system is not changed', async () => {
  const { journey } = opened;
  await expect(journey.createPlan()).rejects.toMatchObject({ code: 'PLAN_IN_USE' });
  await expect(
    journey.changePlan({ kind: 'set-filter', entity: 'orders', where: 'id > 10' }),
  ).rejects.toMatchObject({ code: 'PLAN_IN_USE' });
});

test('undone only by a person, to exactly what was there before', async () => {
  const { journey } = opened;
  expect((await journey.rollback('test')).status).toBe('needs-approval');
  await decide('rollback', 'decline');
  expect((await journey.rollback('test')).status).toBe('needs-approval');
  await decide('rollback');
  expect(done(await journey.rollback('test')).removed).toBeGreaterThan(1000);
  const tables = await target.query(
    `select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  expect(tables).toEqual([]);
  // the plan that rows were retried by has not been rehearsed as a whole
  expect(await journey.state()).toMatchObject({ step: 'rehearse', run: null });
});

test('what journeys hold cannot decide', () => {
  const held = JSON.stringify(Object.keys(opened.journey));
  expect(held).not.toMatch(/decide|"approve"|grant/);
});
