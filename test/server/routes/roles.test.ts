/** Who may do what: every route that the document names is asked by every role. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Role } from '../../../server/shapes/access.ts';
import type { Problem } from '../../../server/shapes/problem.ts';
import { openApi, voice } from './api.ts';

const document = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

/** What a viewer, and what an operator must not; all else is looking. */
const forApprovers = ['approvals/{approvalId}', 'quarantine/reveal', 'sign-off'];
const forOperators = ['connections'];

const bodies: Readonly<Record<string, unknown>> = {
  'guide/answer': { answer: 'yes', cardId: 'c' },
  'plan/changes': { change: { kind: 'set-filter', entity: 'a', where: null }, check: true },
  'questions/{number}': { choice: 'a' },
  approvals: { action: 'migrate' },
  'approvals/{approvalId}': { decision: 'grant' },
  'quarantine/try': { cards: [], suggested: true },
  'quarantine/retry': { cards: [], suggested: true },
  'quarantine/reveal': { card: '0a1b2c3d', reason: 'to see' },
  'sign-off': { name: 'Ada', statements: [], reading: 'r' },
};

const queries: Readonly<Record<string, string>> = { 'plan/fields': '?find=mail' };

const prefix = '/api/v1/migrations/{id}/';
/** Routes of other rooms have tests of their own. */
const elsewhere = ['events', 'chat', 'chat/stop', 'messages'];
const routes = Object.entries(document.paths)
  .filter(([path]) => path.startsWith(prefix))
  .flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [path.slice(prefix.length), method] as const),
  )
  .filter(([name]) => !elsewhere.includes(name));

const example: Readonly<Record<string, string>> = {
  step: 'start',
  number: '1',
  approvalId: 'a-1',
  runId: 'latest',
  name: 'orders',
  entity: 'orders',
  key: '7',
  file: 'run-1.html',
};

function leastRole(name: string, method: string): Role {
  if (forApprovers.includes(name)) return 'approver';
  return method === 'post' || forOperators.includes(name) ? 'operator' : 'viewer';
}

const order: readonly Role[] = ['viewer', 'operator', 'approver'];

test('the list is not empty', () => expect(routes.length).toBeGreaterThan(25));

test.each(routes)('%s by %s', async (name, method) => {
  const api = openApi([
    {
      id: 'sample',
      name: 'x',
      source: null,
      target: null,
      voice,
      exists: () => true,
      open: () => new Promise(() => {}),
    },
  ]);
  const filled = name.replace(/\{(\w+)\}/g, (_, word: string) => example[word]!);
  const path = `/migrations/sample/${filled}${queries[name] ?? ''}`;
  const codes = await Promise.all(
    order.map(async (role) => {
      const { status, body } =
        method === 'get'
          ? await api.get<Problem>(path, role)
          : await api.post<Problem>(path, bodies[name], role);
      return status === 202 ? 'MIGRATION_CLOSED' : body.code;
    }),
  );
  const least = order.indexOf(leastRole(name, method));
  const closed = name === 'open' ? 'MIGRATION_CLOSED' : expect.stringMatching(/^MIGRATION_(CLOSED|OPENING)$/);
  expect(codes).toEqual(order.map((_, rank) => (rank < least ? 'ROLE_REQUIRED' : closed)));
});
