/** `towpath chat` and `towpath agents` before a guide is opened: what is refused, and the record of what was sent. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { momentOf } from '../../../cli/agents/show-egress.ts';
import { makeFolder, runCli } from '../run-cli.ts';

test.each([
  [['chat', '--json'], 'towpath agents run script.yaml'],
  [['chat', '--scale', '0.02'], 'Add --sample'],
  [['chat', '--sample', '--scale', '0'], '0.002'],
  [['agents', 'sing'], 'run, egress, eval'],
  [['agents', 'run'], 'Name one'],
  [['agents', 'run', 'nowhere.yaml'], 'There is no script nowhere.yaml.'],
  [['agents', 'egress', 'x.yaml'], 'takes no file'],
  [['agents', 'egress', '--since', 'yesterday'], '2026-11-21T10:30'],
  [['agents', 'eval', '--cases', 'greets,nope'], 'No case begins with “nope”'],
])('%j is wrong usage', async (argv, words) => {
  const { code, stderr } = await runCli(argv);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});

test('without databases both ways are told where nobody can be asked, or somebody says no', async () => {
  const piped = await runCli(['chat']);
  expect(piped.code).toBe(2);
  expect(piped.stderr).toContain('towpath chat --sample');
  expect(piped.stderr).toContain('towpath init');
  const asked = await runCli(['chat'], { typed: 'no' });
  expect(asked.code).toBe(2);
  expect(asked.stdout).toContain('Type yes to try it on sample data');
});

test('a script that is none is told by line, with code 2', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'x.yaml'), 'databases: sample\nmode: song\nas: Marta\nturns:\n  - say: hello\n');
  const { code, stderr } = await runCli(['agents', 'run', 'x.yaml'], { folder });
  expect(code).toBe(2);
  expect(stderr).toContain('line 2, mode:');
});

const request = {
  kind: 'sent',
  id: 'r1',
  at: '2026-11-21T10:00:00.000Z',
  conversation: 'chat-1',
  agent: 'planning',
  model: 'some-model',
  host: 'models.example.org:443',
  api: 'chat',
  attempt: 1,
  bytes: 12_345,
  sha256: 'f00d',
  fields: ['messages.system', 'tools'],
  masked: 2,
};

function folderWithEgress(): string {
  const folder = makeFolder();
  mkdirSync(join(folder, '.towpath'));
  const lines = [
    request,
    {
      kind: 'answered',
      id: 'r1',
      at: '2026-11-21T10:00:02.000Z',
      outcome: 'ok',
      inputTokens: 3000,
      outputTokens: 40,
    },
    { ...request, id: 'r2', at: '2026-11-21T12:00:00.000Z', agent: 'validation', model: 'evil\u001b[2J' },
  ];
  writeFileSync(
    join(folder, '.towpath', 'egress.jsonl'),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
  return folder;
}

test('egress: every request with time, agent, model, host, sizes and fields, and the sum', async () => {
  const { code, stdout } = await runCli(['agents', 'egress'], { folder: folderWithEgress() });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /2026-11-21 10:00:00 +planning +some-model +models\.example\.org:443 +12,345 +3,000 +40 +ok +2 +messages\.system, tools/,
  );
  expect(stdout).toMatch(/validation +evil·\[2J .*no answer/);
  expect(stdout).toContain('2 requests, 25 kB, 3,000 tokens in and 40 out.');
});

test('egress: only what was sent since then, as one document', async () => {
  const folder = folderWithEgress();
  const { stdout } = await runCli(['agents', 'egress', '--since', '2026-11-21T11:00', '--json'], { folder });
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'success',
    since: '2026-11-21T11:00:00.000Z',
    total: { requests: 1, bytes: 12_345 },
    requests: [{ id: 'r2', outcome: null }],
  });
});

test('egress: nothing sent says so, and whether a model is configured', async () => {
  const offline = await runCli(['agents', 'egress']);
  expect(offline.stdout).toContain('Nothing was sent to a model.');
  expect(offline.stdout).toContain('nothing leaves this machine');
  const online = await runCli(['agents', 'egress'], {
    env: { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', TOWPATH_MODEL: 'm' },
  });
  expect(online.stdout).toContain('A model is configured');
});

test('moments: a day, a time in UTC, or how long ago', () => {
  const now = new Date('2026-11-21T10:00:00Z');
  const iso = (text: string) => new Date(momentOf(text, now)).toISOString();
  expect(iso('2026-11-20')).toBe('2026-11-20T00:00:00.000Z');
  expect(iso('2026-11-20 08:30')).toBe('2026-11-20T08:30:00.000Z');
  expect(iso('90m')).toBe('2026-11-21T08:30:00.000Z');
  expect(iso('2d')).toBe('2026-11-19T10:00:00.000Z');
  expect(() => momentOf('2026-13-45', now)).toThrow('is no time');
});
