/** What the documents list must be what there is. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const packageJson = JSON.parse(read('package.json'));

test('every dependency has a line that says why', () => {
  const page = read('docs/decisions/dependencies.md');
  const names = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies });
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('every decision is in the index', () => {
  const index = read('docs/decisions/README.md');
  const pages = readdirSync(join(root, 'docs/decisions')).filter((name) => name !== 'README.md');
  expect(pages.filter((name) => !index.includes(`(${name})`))).toEqual([]);
});

test('every variable that is read is explained in .env.example', () => {
  const example = read('.env.example');
  const variables = read('engine/core/config.ts').matchAll(/^\s*(?:\w+: \[\s*)?'([A-Z]+(?:_[A-Z]+)+)',/gm);
  const names = [...variables].map(([, name]) => name ?? '').filter((name) => name !== 'TOWPATH_FAILPOINT');
  expect(names).toContain('BATCH_SIZE');
  expect(names.filter((name) => !example.includes(`${name}=`))).toEqual([]);
});

test('links between documents lead somewhere', () => {
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    'docs/architecture.md',
    'docs/glossary.md',
    'docs/recovery.md',
    'docs/explain-and-audit.md',
    'docs/decisions/README.md',
  ];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map(([, target]) => join(page, '..', target ?? ''))
      .filter((target) => !exists(target))
      .map((target) => `${page} → ${target}`),
  );
  expect(broken).toEqual([]);
});

function exists(path: string): boolean {
  try {
    read(path);
    return true;
  } catch {
    return false;
  }
}
