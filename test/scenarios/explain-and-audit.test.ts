/** Rows of the sample explained, and its audit log verified, by the commands themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RowExplanation } from '../../engine/contract/explain.ts';
import { type Move, succeeded, useSampleMoves } from './sample-move.ts';

const moves = useSampleMoves();

async function explained(move: Move, entity: string, id: string): Promise<RowExplanation> {
  const ended = await move.run(`explain ${entity} ${id} --values --json`);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout).row;
}

test('rows of the sample: one of each fate; then the log, whole and tampered with', async () => {
  const move = await moves.open();
  succeeded(await move.run('migrate all --yes --max-failure-rate 1'));

  const moved = await move.target.query<{ id: string; legacy: string; name: string }>(
    'select id::text as id, legacy_id::text as legacy, to_jsonb(p) ->> $$first_name$$ as name from patients p order by legacy_id limit 3',
  );
  for (const { id, legacy, name } of moved) {
    const told = await explained(move, 'patients', legacy);
    expect(told).toMatchObject({ fate: 'moved', newId: id, notKnown: [], changes: { columns: [] } });
    expect(told.verification.state).toBe('verified');
    expect(told.columns.find(({ column }) => column === 'first_name')!.value).toBe(name);
    for (const column of told.columns) expect([column.column, column.misfit]).toEqual([column.column, null]);
  }
  const held = await move.target.query<{ entity: string; id: string; reason: string }>(
    `select distinct on (reason) entity, legacy_id as id, reason from towpath.quarantined_rows where legacy_id ~ '^\\d+$' order by reason, id`,
  );
  expect(held.length).toBeGreaterThan(0);
  for (const { entity, id, reason } of held.slice(0, 4)) {
    const told = await explained(move, entity, id);
    expect(told).toMatchObject({ fate: 'set-aside', quarantine: { reason } });
    expect(told.notKnown).toEqual([]);
  }
  expect(await explained(move, 'patients', '999999999')).toMatchObject({ fate: 'unknown' });
  const masked = succeeded(await move.run(`explain patients ${moved[0]!.legacy}`));
  expect(masked.stdout).toContain('Personal values are hidden');
  expect(masked.stdout).not.toContain(moved[0]!.name);

  const [head] = readdirSync(join(move.folder, 'audit')).filter((name) => name.endsWith('.head.json'));
  const { entries, lastHash } = JSON.parse(readFileSync(join(move.folder, 'audit', head!), 'utf8'));
  expect(entries).toBeGreaterThan(5);
  const whole = succeeded(await move.run(`audit verify --expect ${lastHash}`));
  expect(whole.stdout).toContain('nothing of it is missing');
  await expect(move.target.query('delete from towpath.audit_log')).rejects.toMatchObject({ code: '23001' });
  await move.target.query(`begin; alter table towpath.audit_log disable trigger all;
    delete from towpath.audit_log where seq = (select max(seq) from towpath.audit_log);
    alter table towpath.audit_log enable always trigger audit_log_append_only;
    alter table towpath.audit_log enable always trigger audit_log_in_order; commit`);
  const cut = await move.run('audit verify');
  expect(cut.code).toBe(3);
  expect(cut.stderr).toMatch(/^Error: .*cut off.*\nNext: .*\nMore: docs\/recovery\.md#audit_broken\n/);
});
