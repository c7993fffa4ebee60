import { expect, test } from 'vitest';
import { tokenIn } from '../../../web/api/token-in.ts';

test.each([
  ['abc_DEF-123', 'abc_DEF-123'],
  ['  abc_DEF-123\n', 'abc_DEF-123'],
  ['http://127.0.0.1:4400/enter?token=abc_DEF-123', 'abc_DEF-123'],
  ['https://move.example.org/enter?token=abc%2Bd#top', 'abc+d'],
  ['eyJhbGciOi.eyJzdWIi.c2ln', 'eyJhbGciOi.eyJzdWIi.c2ln'],
  // without a token it is sent as it is, and refused
  ['http://127.0.0.1:4400/?other=1', 'http://127.0.0.1:4400/?other=1'],
  ['   ', ''],
])('%j is the token %j', (pasted, token) => {
  expect(tokenIn(pasted)).toBe(token);
});
