/** What the command line loads before it knows the command: never what talks, or `--help` would wait for it. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Files and packages that come with this file at once; types and `import()` do not. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(join(root, file), 'utf8');
  for (const [, names = '', from = ''] of code.matchAll(
    /^(?:import|export)\s+(?!type\b)([^;]*?)from\s+'([^']+)'/gm,
  )) {
    const onlyTypes =
      names.trim().startsWith('{') &&
      names
        .replace(/[{}\s]/g, ' ')
        .split(',')
        .every((name) => /^\s*(type\s|$)/.test(name));
    if (onlyTypes) continue;
    if (from.startsWith('.')) loadedWith(relative(root, join(root, dirname(file), from)), seen);
    else seen.add(from);
  }
  return seen;
}

const heavy = /^(agents|tools|workflows|sample)\/|^mastra\.config|^@mastra\/|^@ai-sdk\/|^pg$|^yaml$/;

test('starting loads neither Mastra nor the agents nor a database driver', () => {
  const loaded = [...loadedWith('cli/towpath.ts')];
  expect(loaded).toContain('commander');
  expect(loaded.filter((name) => heavy.test(name))).toEqual([]);
});

test.each(['cli/commands/chat.ts', 'cli/commands/agents.ts'])(
  '%s itself loads nothing heavy: its --help is quick as well',
  (file) => {
    expect([...loadedWith(file)].filter((name) => heavy.test(name))).toEqual([]);
  },
);

test('this test would see it', () => {
  expect([...loadedWith('desk/open-guide.ts')].filter((name) => heavy.test(name))).toContain('@mastra/core');
});
