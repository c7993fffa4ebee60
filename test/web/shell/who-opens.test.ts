import { expect, test } from 'vitest';
import { whoOpens } from '../../../web/shell/who-opens.ts';

test('a viewer sends no request that would be refused; somebody else must open it', () => {
  expect(whoOpens('closed', { role: 'viewer', reached: true })).toBe('others');
  expect(whoOpens('closed', { role: 'viewer', reached: false })).toBe('others');
});

test('who may operate opens it by looking, once the server is there', () => {
  for (const role of ['operator', 'approver'] as const) {
    expect(whoOpens('closed', { role, reached: true })).toBe('this-page');
    expect(whoOpens('closed', { role, reached: false })).toBe('nobody');
  }
});

test('before it is known who looks, and where there is nothing to open, nothing is asked for', () => {
  expect(whoOpens('closed', { role: undefined, reached: true })).toBe('nobody');
  for (const state of ['open', 'opening', 'not-made', 'trouble', undefined] as const)
    expect(whoOpens(state, { role: 'operator', reached: true })).toBe('nobody');
});
