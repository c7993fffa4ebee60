/** An undo that breaks off goes on without asking again only where a person said yes to all of it. */
import { expect, test } from 'vitest';
import { createTools } from '../../../tools/tools.ts';
import { createFakeGuide } from '../../helpers/fake-journey.ts';
import { createMemoryLog } from '../../tools/memory-log.ts';
import { usePlannedJourney } from './use-planned-journey.ts';

// biome-ignore lint/suspicious/noExplicitAny: a tool is called here as Mastra calls it, with contexts of many forms
const asAgent: any = { agent: { agentId: 'migration-execution', toolCallId: 'c', messages: [] } };

const planned = usePlannedJourney(
  `create table goods (id int primary key, name text);
    create table boxes (id int primary key, good_id int not null references goods);
    insert into goods select i, 'good ' || i from generate_series(1, 20) i;
    insert into boxes select i, i from generate_series(1, 20) i`,
  { failpoint: [1, 2, 3, 4].map((hit) => `rollback.entity:${hit}=error`).join() },
);
const { target } = planned;

const breaksOff = { code: 'FAILPOINT' };

test('a part that was taken out by command is no yes to the rest', async () => {
  const { engine, journey } = planned.opened;
  const runId = await planned.move();
  const part = engine.rollback({ runId, entities: ['boxes'], preview: false, by: 'Ada' });
  await expect(part).rejects.toMatchObject(breaksOff);
  expect((await engine.status(runId)).state).toBe('rolling-back');
  const { words } = await journey.whereWeAre();
  expect(words).toContain('A part of the move is being taken out of the new system again: boxes.');
  expect(words).toContain('taking out a part, which Ada asked for, broke off');
  expect(words).toContain(`towpath rollback ${runId} --entities boxes --confirm`);

  const { log } = createMemoryLog();
  const { rollbackRun, rollbackChanged } = createTools({ journey, guide: createFakeGuide().guide, log });
  for (const tool of [rollbackChanged, rollbackRun])
    expect(await tool.execute!({}, asAgent)).toMatchObject({ status: 'needs-approval' });
  expect((await engine.status(runId)).undoing).toMatchObject({ entities: ['boxes'] });
  expect(await target.query('select count(*)::int as n from goods')).toEqual([{ n: 20 }]);

  const [card] = (await engine.approvals({ states: ['requested'] })).filter(
    ({ title }) => !title.includes('others'),
  );
  await engine.decideApproval(card!.id, { decision: 'grant', by: 'Marta' });
  await expect(journey.rollback('guide'), 'it breaks off once more').rejects.toMatchObject(breaksOff);
  expect((await engine.status(runId)).undoing).toMatchObject({ entities: [], level: null, by: 'Marta' });
  const changed = await journey.rollback('guide', { forceChanged: true });
  expect(changed, 'more than was asked for').toMatchObject({ status: 'needs-approval' });
  expect(await journey.rollback('guide'), 'and goes on, as was approved').toMatchObject({ status: 'done' });
  expect((await engine.status(runId)).state).toBe('rolled-back');
});

test('an older yes to all of it is none to the rest of a part that was begun since', async () => {
  const { engine, journey } = planned.opened;
  const runId = await planned.move();
  const level = engine.rollback({ runId, entities: [], level: 2, preview: false });
  await expect(level).rejects.toMatchObject(breaksOff);
  expect(await journey.rollback('guide')).toMatchObject({ status: 'needs-approval' });
  const whole = engine.rollback({ runId, entities: [], preview: false, forceChanged: true, by: 'Ada' });
  await expect(whole, 'all of it, and breaks off').rejects.toMatchObject(breaksOff);
  expect(await journey.rollback('guide', { forceChanged: true })).toMatchObject({ status: 'done' });
  expect((await engine.status(runId)).state).toBe('rolled-back');
});
