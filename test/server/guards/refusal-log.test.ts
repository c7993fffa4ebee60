/** What the log says of refusals and failures: enough to find them, nothing that stood in them, and never a disk full of them. */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { answerError, answerNothing } from '../../../server/guards/answer-error.ts';
import { createRefusalLog } from '../../../server/guards/refusal-log.ts';
import type { ServerEnv } from '../../../server/server-env.ts';

interface Line {
  readonly level: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

function openLog() {
  const lines: Line[] = [];
  const minute = { now: 0 };
  const write = (level: string) => (action: string, details?: Record<string, unknown>) =>
    void lines.push({ level, action, details: details ?? {} });
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const refusals = createRefusalLog(log, { monotonic: () => minute.now * 60_000 });
  const app = new Hono<ServerEnv>();
  app.onError(answerError);
  app.notFound(answerNothing);
  app.use('*', refusals.guard);
  app.use('*', async (c, next) => {
    c.set('visitor', { name: 'Ada', role: 'viewer' });
    await next();
  });
  app.get('/rows/:key', () => {
    throw new Error('duplicate key (email)=(jane@lab.example)');
  });
  app.get('/refuse/:code', (c) => {
    throw new MigrationError({ code: c.req.param('code'), message: 'No.', hint: 'Wait.' });
  });
  app.get('/fine', (c) => c.text('fine'));
  return { app, lines, minute };
}

test('a failure is told without its words, in the answer and in the log', async () => {
  const { app, lines } = openLog();
  const answer = await app.request('/rows/jane@lab.example?token=secret');
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toMatch(/jane|duplicate|refusal-log/);
  expect(lines).toMatchObject([
    {
      level: 'error',
      action: 'request failed',
      details: { who: 'Ada', what: 'GET /rows/:key', code: 'UNEXPECTED', status: 500 },
    },
  ]);
  const { stack } = lines[0]!.details;
  expect(String(stack)).toContain('refusal-log.test.ts');
  expect(JSON.stringify({ ...lines[0], details: { ...lines[0]!.details, error: null } })).not.toMatch(
    /jane|secret/,
  );
});

test('what is not possible at the moment is no refusal; an approval that is tried is', async () => {
  const { app, lines } = openLog();
  for (const code of ['NO_RUN', 'GATE_CLOSED', 'APPROVAL_DECIDED', 'ROLE_REQUIRED'])
    await app.request(`/refuse/${code}`);
  await app.request('/fine');
  await app.request('/nowhere');
  expect(lines.map(({ level, action, details }) => [level, action, details.code])).toEqual([
    ['info', 'not possible now', 'NO_RUN'],
    ['info', 'not possible now', 'GATE_CLOSED'],
    ['warn', 'request refused', 'APPROVAL_DECIDED'],
    ['warn', 'request refused', 'ROLE_REQUIRED'],
    ['warn', 'request refused', 'UNKNOWN_ADDRESS'],
  ]);
});

test('of many in one minute only the count is written, and each kind is counted apart', async () => {
  const { app, lines, minute } = openLog();
  for (let i = 0; i < 310; i++) await app.request('/refuse/NO_RUN');
  expect(lines).toHaveLength(300);
  await app.request('/refuse/ROLE_REQUIRED');
  expect(lines.at(-1)).toMatchObject({ details: { code: 'ROLE_REQUIRED' } });
  minute.now = 1;
  await app.request('/refuse/NO_RUN');
  expect(lines.slice(301)).toMatchObject([
    { level: 'warn', action: 'lines not written', details: { count: 10 } },
    { details: { code: 'NO_RUN' } },
  ]);
});
