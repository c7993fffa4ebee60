/** What a rehearsal under faults says where it could not begin, could not clear away, could prove little, or doubts its own checks. */
import { expect, test } from 'vitest';
import { openFirm, type Spoil } from './small-firm.ts';

const ONE = { faults: 1, seed: 12 };

const neverStarts: Spoil = (open) => (connections) => ({
  ...open(connections),
  start: () => Promise.reject(new Error('not through the proxy')),
});

test('where not even an undisturbed move goes through the proxy, it did not begin, and leaves nothing', async () => {
  const firm = await openFirm();
  await expect(firm.rehearse(ONE, neverStarts)).rejects.toMatchObject({
    code: 'CHAOS_NOT_BEGUN',
    hint: expect.stringMatching(/^Nothing of the rehearsal is left in the target\. .*without --chaos/),
  });
  expect(await firm.schemas()).toEqual(['towpath']);
});

test('where its schemas cannot be dropped, it does not say that nothing is left', async () => {
  const firm = await openFirm();
  await firm.target.query(`create function public.keep() returns event_trigger language plpgsql as $$ begin
      if exists (select from pg_event_trigger_dropped_objects() where object_type = 'schema' and object_name like '%\\_ledger') then
        raise 'kept';
      end if;
    end $$;
    create event trigger keeping on sql_drop execute function public.keep()`);
  await expect(firm.rehearse(ONE, neverStarts)).rejects.toMatchObject({
    code: 'CHAOS_NOT_BEGUN',
    hint: expect.stringMatching(
      /may still be in the target; the next rehearsal removes them.*without --chaos/,
    ),
  });
  expect((await firm.schemas()).some((name) => name.endsWith('_ledger'))).toBe(true);
});

test('one row can neither be lost nor doubled, so nothing is proven by it; the rehearsal itself went through', async () => {
  const firm = await openFirm();
  const { chaos, status } = await firm.rehearse(ONE, undefined, { entities: ['customers'], sample: 1 });
  expect(chaos.rows).toEqual({ moved: 1, setAside: 0 });
  expect(chaos.damage.every(({ outcome }) => outcome === 'not-tried')).toBe(true);
  expect(chaos.status).toBe('not-proven');
  expect(status).toBe('passed');
});

test('a copy that was put right and is still refused, where a new one is not, is told', async () => {
  const firm = await openFirm();
  let asked = 0;
  // each damage is validated, then what was put right, then a new copy
  const neverContent: Spoil = (open) => (connections) => {
    const engine = open(connections);
    return {
      ...engine,
      async validate(runId, entities) {
        const report = await engine.validate(runId, entities);
        return entities.length > 0 && asked++ % 3 === 1
          ? { ...report, overallStatus: 'differences' }
          : report;
      },
    };
  };
  const { chaos } = await firm.rehearse(ONE, neverContent);
  expect(chaos.damage.map(({ outcome, mended }) => [outcome, mended])).toContainEqual(['noticed', false]);
  expect(chaos.violations.map(({ check }) => check)).toContain('damage-not-mended');
});
