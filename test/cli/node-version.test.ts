import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainOldNode, neededNode } from '../../cli/node-version.js';

test.each(['20.20.2', '22.17.9', '18.0.0', '9.11.2'])('Node %s is told apart, with a way out', (version) => {
  expect(explainOldNode(version)).toContain(`this is Node ${version}`);
  expect(explainOldNode(version)).toContain('npm ci');
});

test.each(['22.18.0', '22.18.1', '22.20.0', '23.0.0', '24.21.0', '100.0.0', '24.0.0-nightly'])(
  'Node %s will do',
  (version) => {
    expect(explainOldNode(version)).toBeNull();
  },
);

test('package.json asks for the same version', () => {
  const file = new URL('../../package.json', import.meta.url);
  const { engines } = JSON.parse(readFileSync(file, 'utf8'));
  expect(`${engines.node}.0`).toBe(`>=${neededNode}`);
});
