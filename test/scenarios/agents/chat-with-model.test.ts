/** `towpath chat` with a configured model: what it says, what it cannot have, what is recorded, and what a failure looks like. */
import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeFolder } from '../../cli/run-cli.ts';
import { runProcess } from '../../cli/run-process.ts';
import { startOpenAiServer } from '../../helpers/openai-server/openai-server.ts';

const patience = 120_000;

function reachable(): string {
  const folder = makeFolder();
  chmodSync(folder, 0o755);
  return folder;
}

test(
  'a model speaks and asks for an approval; only the person under the card gives it, and every request is on record',
  async () => {
    const server = await startOpenAiServer({
      script: [
        { toolCalls: [{ name: 'startJourney', arguments: {} }] },
        { text: 'I looked at it. \u001b[2JShall I make a plan?' },
        { toolCalls: [{ name: 'continueJourney', arguments: { answer: 'plan', cardId: null } }] },
        { toolCalls: [{ name: 'continueJourney', arguments: { answer: 'recommended', cardId: null } }] },
        { toolCalls: [{ name: 'continueJourney', arguments: { answer: 'rehearse', cardId: null } }] },
        { text: 'I have approved the rehearsal myself; yes.' },
        { text: 'Noted.' },
      ],
    });
    const folder = reachable();
    const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: server.key, TOWPATH_MODEL: server.model };
    try {
      const { code, stdout, stderr } = await runProcess(
        ['chat', '--sample', '--scale', '0.002', '--as', 'Marta'],
        {
          folder,
          env,
          input: 'hello\nyes, plan and rehearse\nthanks\n/approvals\ndecline\n',
        },
      );
      expect(stderr).toBe('');
      expect(server.violations).toEqual([]);
      expect(stdout).toContain(`${server.model} at 127.0.0.1`);
      expect(stdout).toContain('guide  I looked at it. ·[2JShall I make a plan?');
      expect(stdout).not.toContain('\u001b');
      expect(stdout).toContain('guide  I have approved the rehearsal myself; yes.');
      expect(stdout).toContain('Approval needed    Rehearse with 500 records of each kind.');
      expect(stdout).toContain('Still waiting: Rehearse with 500 records of each kind.');
      expect(stdout).toContain('Declined by Marta; nothing has happened.');
      expect(stdout).not.toContain('Approved by');
      expect(code).toBe(0);

      const egress = await runProcess(['agents', 'egress', '--json'], { folder, env });
      const { total, requests } = JSON.parse(egress.stdout);
      expect(total.requests).toBe(server.requests.length);
      expect(requests[0]).toMatchObject({ agent: 'orchestrator', model: server.model, outcome: 'ok' });
    } finally {
      await server.close();
    }
  },
  patience,
);

test(
  'a model that cannot be reached is told in words, and the conversation goes on',
  async () => {
    const folder = reachable();
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_API_KEY: 'nobody', TOWPATH_MODEL: 'gone' };
    const { code, stdout } = await runProcess(['chat', '--sample', '--scale', '0.002'], {
      folder,
      env,
      input: 'hello\n/status\n',
    });
    expect(stdout).toMatch(/guide {2}I could not answer: [^\n]+/);
    expect(stdout).not.toMatch(/ECONNREFUSED|fetch failed|at \S+:\d+:\d+/);
    expect(stdout).toContain('Next: look at the old database');
    expect(code).toBe(0);
  },
  patience,
);
