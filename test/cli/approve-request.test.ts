/** `approve --list` and `approve --request`: the card first, then a typed word of a person. */
import { expect, test } from 'vitest';
import { createFakeEngine, fakeCard } from './fake-engine.ts';
import { runCli } from './run-cli.ts';

const id = fakeCard().id;
const decisions = (fake: { asked: readonly { method: string; values: readonly unknown[] }[] }) =>
  fake.asked.filter(({ method }) => method === 'decideApproval').map(({ values }) => values);

test('the list shows what waits, and how it is decided', async () => {
  const { code, stdout, fake } = await runCli(['approve', '--list']);
  expect(code).toBe(0);
  expect(stdout).toContain('Move about 20 records');
  expect(stdout).toContain(`approve --request ${id}`);
  expect(fake.asked).toEqual([{ method: 'approvals', values: [{ states: ['requested'] }] }]);
  const empty = await runCli(['approve', '--list'], {
    fake: createFakeEngine({ approvals: async () => [] }),
  });
  expect(empty.stdout).toContain('Nothing waits');
  const json = await runCli(['approve', '--list', '--json']);
  expect(JSON.parse(json.stdout)).toEqual({ status: 'success', approvals: [fakeCard()] });
});

test('a typed yes grants exactly the card that was shown', async () => {
  const { code, stdout, fake, requests } = await runCli(['approve', '--request', id, '--as', 'Marta'], {
    typed: 'yes',
  });
  expect(code).toBe(0);
  for (const words of [
    'The old database is only read.',
    '22',
    'taken out again',
    'Nothing of this migration is in the new system.',
    'f00d'.repeat(16),
  ])
    expect(stdout).toContain(words);
  expect(decisions(fake)).toEqual([[id, { decision: 'grant', by: 'Marta', validHours: 24 }]]);
  expect(requests.map(({ needs }) => needs)).toEqual(['target', 'both']);
  expect(stdout).toContain('Approved by Marta');
});

test.each(['no', 'y', '', 'yes please'])('“%s” decides nothing', async (typed) => {
  const { code, fake } = await runCli(['approve', '--request', id], { typed });
  expect(code).toBe(4);
  expect(decisions(fake)).toEqual([]);
});

test('without a terminal only --yes or --decline decide', async () => {
  const { code, fake, stdout } = await runCli(['approve', '--request', id, '--json']);
  expect(code).toBe(4);
  expect(decisions(fake)).toEqual([]);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'waiting_for_approval', approval: { id } });
  const yes = await runCli(['approve', '--request', id, '--yes', '--json']);
  expect(decisions(yes.fake)).toMatchObject([[id, { decision: 'grant', by: 'tester' }]]);
  const no = await runCli(['approve', '--request', id, '--decline', '--reason', 'too early']);
  expect(decisions(no.fake)).toMatchObject([[id, { decision: 'decline', reason: 'too early' }]]);
  expect(no.code).toBe(0);
  expect(no.stdout).toContain('Declined by tester. Nothing has changed.');
});

test('a beginning of the id is enough where it is the only one; an unknown one ends with 2', async () => {
  const short = await runCli(['approve', '--request', id.slice(0, 8), '--yes']);
  expect(decisions(short.fake)).toMatchObject([[id, { decision: 'grant' }]]);
  const twins = createFakeEngine({
    approvals: async () => [fakeCard(), fakeCard({ id: `${id.slice(0, 8)}-other` })],
  });
  for (const [fake, asked] of [
    [twins, id.slice(0, 8)],
    [createFakeEngine(), 'beef0000'],
  ] as const) {
    const { code, stderr } = await runCli(['approve', '--request', asked, '--yes'], { fake });
    expect(code).toBe(2);
    expect(stderr).toContain('approve --list');
    expect(decisions(fake)).toEqual([]);
  }
});

test('a yes that needs a reason is not asked for without one', async () => {
  const cards = { approvals: async () => [fakeCard({ action: 'accept-set-aside', needsReason: true })] };
  const without = await runCli(['approve', '--request', id, '--yes'], { fake: createFakeEngine(cards) });
  expect(without.code).toBe(2);
  expect(decisions(without.fake)).toEqual([]);
  const withReason = await runCli(['approve', '--request', id, '--yes', '--reason', 'known'], {
    fake: createFakeEngine(cards),
  });
  expect(decisions(withReason.fake)).toMatchObject([[id, { reason: 'known' }]]);
});

test('where nothing depends on the source, it need not be there', async () => {
  const fake = createFakeEngine({ approvals: async () => [fakeCard({ sourceFingerprint: null })] });
  const { requests } = await runCli(['approve', '--request', id, '--yes'], { fake });
  expect(requests.map(({ needs }) => needs)).toEqual(['target', 'target']);
});

test.each([
  [['approve', '--list', '--request', id]],
  [['approve', '--request', id, '--run', 'r1']],
  [['approve', '--decline']],
])('%j is no sensible question', async (argv) => {
  const { code, fake } = await runCli(argv);
  expect(code).toBe(2);
  expect(fake.asked).toEqual([]);
});
