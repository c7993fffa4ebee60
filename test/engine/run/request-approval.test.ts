/** Asked for, decided, used: by whom, when not, and what is written down about it. */
import { expect, test } from 'vitest';
import { codeOf, type Office, openOffice } from './moving-office.ts';

const yes = { decision: 'grant', by: 'Marta' } as const;
const no = { decision: 'decline', by: 'Marta', reason: 'too early' } as const;

async function asked({ engine, plan }: Office) {
  return engine.requestApproval({ action: 'migrate', plan }, 'guide');
}

async function late(office: Office, id: string): Promise<void> {
  await office.target.query(
    `update towpath.approvals set expires_at = clock_timestamp() - interval '1 second' where id = $1`,
    [id],
  );
}

test('a card says what would happen, to how many rows, whether it can be undone and what is there now', async () => {
  const office = await openOffice();
  expect(await office.engine.approvals()).toEqual([]);
  const card = await asked(office);
  expect(card).toMatchObject({
    action: 'migrate',
    state: 'requested',
    maxRows: 225,
    reversible: { answer: 'yes' },
    inTarget: 'Nothing of this migration is in the new system.',
    sourceFingerprint: office.plan.source.fingerprint,
    runId: null,
    requestedBy: 'guide',
    decidedBy: null,
  });
  expect(card.title).toContain('204 records');
  expect(card.effect.join(' ')).toContain('3 kinds of records move in 3 steps');
  expect(card.effect.join(' '), 'nothing does').not.toMatch(/In the old database stays?/);
  expect(Date.parse(card.expiresAt) - Date.parse(card.requestedAt)).toBe(24 * 3_600_000);
  expect(await office.engine.approvals({ states: ['requested'] })).toEqual([card]);
  expect(await office.engine.approvals({ states: ['granted', 'used'] })).toEqual([]);
});

test('the same wish is one card, also for many who ask at once; another wish is another', async () => {
  const office = await openOffice();
  const { engine, plan } = office;
  const cards = await Promise.all(Array.from({ length: 5 }, () => asked(office)));
  expect(new Set(cards.map(({ id }) => id)).size).toBe(1);
  const rehearse = (sample: number) => engine.requestApproval({ action: 'rehearse', plan, sample }, 'guide');
  const [ten, twenty] = [await rehearse(10), await rehearse(20)];
  expect(new Set([cards[0]!.id, ten.id, twenty.id]).size).toBe(3);
  expect((await rehearse(10)).id).toBe(ten.id);
  await engine.decideApproval(ten.id, yes);
  expect(await rehearse(10)).toMatchObject({ id: ten.id, state: 'granted' });
  expect(await engine.approvals()).toHaveLength(3);
});

test('a request that no longer fits makes room for a new one', async () => {
  const office = await openOffice();
  const first = await asked(office);
  await office.target.query('create schema moved; create table moved.other (id int)');
  const second = await asked(office);
  expect(second.id).not.toBe(first.id);
  expect((await office.engine.approvals()).map(({ id, state }) => [id, state])).toEqual([
    [second.id, 'requested'],
    [first.id, 'expired'],
  ]);
  expect(await codeOf(office.engine.decideApproval(first.id, yes))).toBe('APPROVAL_EXPIRED');
});

test('what would be refused anyway is not asked for', async () => {
  const office = await openOffice();
  const { engine, plan, source } = office;
  expect(await codeOf(engine.requestApproval({ action: 'rehearse', plan, sample: 0 }, 'guide'))).toBe(
    'INVALID_SAMPLE',
  );
  const column = plan.entities[0]!.columns.find(({ from }) => from === 'name')!;
  const misnamed = {
    ...plan,
    entities: plan.entities.map((entity) => ({
      ...entity,
      columns: entity.columns.map((each) => (each === column ? { ...each, from: 'nmae' } : each)),
    })),
  };
  expect(await codeOf(engine.requestApproval({ action: 'migrate', plan: misnamed }, 'guide'))).toBe(
    'PLAN_INVALID',
  );
  for (const action of ['rollback', 'accept-set-aside', 'sign-off'] as const)
    expect(await codeOf(engine.requestApproval({ action, runId: 'r1' }, 'guide'))).toBe('UNKNOWN_RUN');
  expect(await codeOf(engine.requestApproval({ action: 'clean-up', olderThanDays: -1 }, 'guide'))).toBe(
    'INVALID_DAYS',
  );
  expect(await codeOf(engine.requestApproval({ action: 'migrate', plan }, ' '))).toBe('NAME_REQUIRED');
  await source.query('alter table people add nickname text');
  expect(await codeOf(asked(office))).toBe('SOURCE_DRIFT');
  expect(await engine.approvals()).toEqual([]);
});

test('it is decided once: not after a yes, a no, its use or its end', async () => {
  const office = await openOffice();
  const { engine, plan } = office;
  const wish = (sample: number) => ({ action: 'rehearse', plan, sample }) as const;
  const ask = (sample: number) => engine.requestApproval(wish(sample), 'guide');
  const granted = await ask(1);
  expect(await engine.decideApproval(granted.id, { ...yes, validHours: 2 })).toMatchObject({
    state: 'granted',
    decidedBy: 'Marta',
    reason: null,
  });
  expect(await codeOf(engine.decideApproval(granted.id, no))).toBe('APPROVAL_DECIDED');
  const declined = await ask(2);
  expect(await engine.decideApproval(declined.id, no)).toMatchObject({
    state: 'declined',
    decidedBy: 'Marta',
    reason: 'too early',
  });
  expect(await codeOf(engine.decideApproval(declined.id, yes))).toBe('APPROVAL_DECIDED');
  expect(await engine.useApproval(wish(1))).toMatchObject({ id: granted.id, state: 'used' });
  expect(await codeOf(engine.decideApproval(granted.id, no))).toBe('APPROVAL_USED');
  const expired = await ask(3);
  await late(office, expired.id);
  expect(await codeOf(engine.decideApproval(expired.id, yes))).toBe('APPROVAL_EXPIRED');
  expect(await codeOf(engine.decideApproval('nothing', yes))).toBe('UNKNOWN_APPROVAL');
  expect(await codeOf(engine.decideApproval(expired.id, { ...yes, by: '' }))).toBe('NAME_REQUIRED');
});

test('of two people who decide at once, one does', async () => {
  const office = await openOffice();
  const { id } = await asked(office);
  const codes = await Promise.all(
    [yes, no, { ...yes, by: 'Jonas' }].map((decision) => codeOf(office.engine.decideApproval(id, decision))),
  );
  expect(codes.filter((code) => code === 'nothing was refused')).toHaveLength(1);
  expect(codes.filter((code) => code === 'APPROVAL_DECIDED')).toHaveLength(2);
});

test('a yes is refused where more would happen than was shown', async () => {
  const office = await openOffice();
  const { engine, source, target } = office;
  const first = await asked(office);
  await target.query('create schema moved; create table moved.teams (id int)');
  const error = await engine.decideApproval(first.id, yes).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'APPROVAL_OUTDATED' });
  expect((error as Error).message).toContain('the tables of the new database');
  await target.query('drop table moved.teams');
  const second = await asked(office);
  await source.query('alter table people add nickname text');
  expect(await codeOf(engine.decideApproval(second.id, yes))).toBe('APPROVAL_OUTDATED');
  expect(await codeOf(engine.useApproval({ action: 'migrate', plan: office.plan }))).not.toBe(
    'nothing was refused',
  );
  expect(await engine.approvals({ states: ['granted'] })).toEqual([]);
});

test('each step stands in the audit log and is told as an event', async () => {
  const office = await openOffice();
  const { engine, plan } = office;
  const wish = { action: 'rehearse', plan, sample: 5 } as const;
  const { id } = await engine.requestApproval(wish, 'guide');
  await engine.requestApproval(wish, 'somebody else');
  await engine.decideApproval(id, yes);
  await engine.useApproval(wish);
  expect(await codeOf(engine.useApproval(wish))).toBe('APPROVAL_USED');
  const { id: second } = await engine.requestApproval(wish, 'guide');
  await engine.decideApproval(second, no);
  expect(await office.audited()).toEqual([
    'guide approval.requested rehearse',
    'Marta approval.granted rehearse',
    'Marta approval.used rehearse',
    'guide approval.requested rehearse',
    'Marta approval.declined rehearse',
  ]);
  expect(office.events.map(({ type }) => type)).toEqual([
    'approval.requested',
    'approval.granted',
    'approval.used',
    'approval.refused',
    'approval.requested',
    'approval.declined',
  ]);
  expect(office.events[1]).toMatchObject({ approvalId: id, approver: 'Marta', runId: '' });
});

test('what was granted before approvals named source and target no longer counts', async () => {
  const office = await openOffice();
  await office.engine.approve(office.plan, { approver: 'Marta' });
  await office.target.query(
    'update towpath.approvals set source_fingerprint = null, target_fingerprint = null, card = null',
  );
  expect(await codeOf(office.migrate())).toBe('APPROVAL_OUTDATED');
  expect(await office.engine.approvals()).toEqual([]);
});

test('a rehearsal under faults is a wish of its own, and its card says what will be done', async () => {
  const { engine, plan } = await openOffice();
  const plain = await engine.requestApproval({ action: 'rehearse', plan, sample: 10 }, 'guide');
  const wish = { action: 'rehearse', plan, sample: 10, faults: 12 } as const;
  const card = await engine.requestApproval(wish, 'guide');
  expect(card.id).not.toBe(plain.id);
  expect(card.title).toContain('also under 12 faults');
  expect(card.effect.join(' ')).toMatch(
    /connections are cut .* After each move all records are compared\. Nobody else’s connection/,
  );
  expect(plain.effect.join(' ')).not.toContain('faults');
  await engine.decideApproval(plain.id, yes);
  expect(await codeOf(engine.useApproval(wish))).toBe('APPROVAL_REQUIRED');
  await engine.decideApproval(card.id, yes);
  expect(await engine.useApproval(wish)).toMatchObject({ id: card.id, state: 'used' });
});

test('columns that stay behind are named to the person who says yes', async () => {
  const { engine, plan } = await openOffice();
  const partly = structuredClone(plan);
  const badges = partly.entities.find(({ name }) => name === 'badges')!;
  badges.columns = badges.columns.filter(({ from }) => from !== 'points');
  badges.leftOut = [{ column: 'points', reason: 'by hand' }];
  const card = await engine.requestApproval({ action: 'migrate', plan: partly }, 'guide');
  expect(card.effect).toContain('In the old database stays 1 column: points of badges.');
});
