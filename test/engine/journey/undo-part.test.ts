/** A part of a move is previewed and taken out through the tools, with a yes for just this part. */
import { beforeAll, expect, test } from 'vitest';
import { createTools, type Tools } from '../../../tools/tools.ts';
import { createFakeGuide } from '../../helpers/fake-journey.ts';
import { createMemoryLog } from '../../tools/memory-log.ts';
import { usePlannedJourney } from './use-planned-journey.ts';

// biome-ignore lint/suspicious/noExplicitAny: a tool is called here as Mastra calls it, with contexts of many forms
const asAgent: any = { agent: { agentId: 'migration-execution', toolCallId: 'c', messages: [] } };
const planned = usePlannedJourney(`create table goods (id int primary key, name text);
    create table boxes (id int primary key, good_id int not null references goods);
    create table notes (id int primary key, said text);
    insert into goods select i, 'good ' || i from generate_series(1, 20) i;
    insert into notes select i, 'note ' || i from generate_series(1, 5) i;
    insert into boxes select i, i from generate_series(1, 20) i`);
const { target } = planned;
let tools: Tools;
let runId: string;

const call = (name: keyof Tools, input: unknown) =>
  tools[name].execute!(input, asAgent) as Promise<{
    status: string;
    words: string;
    data: Record<string, unknown> | null;
    approval: { id: string; title: string; maxRows: number } | null;
    error: { code: string } | null;
  }>;
const boxes = { entities: ['box'], level: null };
const rows = async (table: string) =>
  (await target.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

beforeAll(async () => {
  runId = await planned.move();
  const { log } = createMemoryLog();
  tools = createTools({ journey: planned.opened.journey, guide: createFakeGuide().guide, log });
}, 120_000);

test('a preview counts the part, and refuses one that others point to', async () => {
  const preview = await call('previewRollbackPart', boxes);
  expect(preview).toMatchObject({ status: 'done', data: { runId, removed: 20 } });
  expect(preview.words).toContain('Undoing boxes would take 20 records');
  const needed = await call('previewRollbackPart', { entities: ['goods'], level: null });
  expect(needed).toMatchObject({ status: 'refused', error: { code: 'DEPENDENCY_NOT_MET' } });
  const unknown = await call('previewRollbackPart', { entities: ['ghosts'], level: null });
  expect(unknown).toMatchObject({ status: 'refused', error: { code: 'UNKNOWN_ENTITY' } });
});

test('a yes to the whole is none to a part, and one to a part none to another or to the rest', async () => {
  const { engine } = planned.opened;
  const whole = await call('rollbackRun', {});
  expect(whole.approval!.maxRows).toBe(45);
  await engine.decideApproval(whole.approval!.id, { decision: 'grant', by: 'Marta' });
  const asked = await call('rollbackPart', boxes);
  expect(asked).toMatchObject({ status: 'needs-approval', approval: { maxRows: 20 } });
  expect(asked.approval!.title).toBe('Take 20 records of boxes out of the new system again.');
  await engine.decideApproval(asked.approval!.id, { decision: 'grant', by: 'Jonas' });
  expect(await call('rollbackPart', { entities: ['boxes', 'notes'], level: null })).toMatchObject({
    status: 'needs-approval',
  });
  expect(await call('rollbackPart', { entities: [], level: 2 })).toMatchObject({ status: 'needs-approval' });
  expect(await call('rollbackChanged', {})).toMatchObject({ status: 'needs-approval' });
  expect([await rows('goods'), await rows('boxes'), await rows('notes')]).toEqual([20, 20, 5]);

  const done = await call('rollbackPart', boxes);
  expect(done).toMatchObject({ status: 'done', data: { removed: 20 } });
  expect([await rows('goods'), await rows('notes')]).toEqual([20, 5]);
  const states = new Map((await engine.status(runId)).entities.map(({ entity, state }) => [entity, state]));
  expect(states.get('boxes')).toBe('rolled-back');
  expect(states.get('goods')).toBe('completed');
});

test('the audit log is whole, and says whose yes it was', async () => {
  const verdict = await call('verifyAudit', {});
  expect(verdict).toMatchObject({ status: 'refused', error: { code: 'TOOL_NOT_PERMITTED' } });
  const { journey } = planned.opened;
  const told = await journey.auditVerdict();
  expect(told.data).toMatchObject({ intact: true, guarded: true, endChecked: false });
  expect(told.words).toContain('The audit log is whole');
  const { data } = await journey.auditEntries({ runId, limit: 50 });
  expect(data.some(({ who, action }) => who === 'Jonas' && action === 'approval.used')).toBe(true);
  await target.query('alter table towpath.audit_log disable trigger all');
  await target.query("update towpath.audit_log set actor = 'Sam' where seq = 2");
  const broken = await journey.auditVerdict();
  expect(broken.data).toMatchObject({ intact: false, fault: 'changed', brokenAt: '2', guarded: false });
  expect(broken.words).toContain('not what was written');
});
