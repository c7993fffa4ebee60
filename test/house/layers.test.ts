/**
 * The direction of imports, as docs/architecture.md draws it: a room knows the rooms below it, never those above or
 * beside it. To add a room, give it a line here and in that page.
 */
import { expect, test } from 'vitest';
import { findCycles, findImports, readSourceFiles, withoutComments } from './imports.ts';

/** The engine from its floor up. Rooms of one line do not know each other. */
const engineFloors = [
  ['engine/core'],
  ['engine/db'],
  ['engine/control'],
  ['engine/schema'],
  ['engine/plan'],
  ['engine/contract'],
  ['engine/mapping'],
  ['engine/copy'],
  ['engine/validation'],
  [
    'engine/preflight',
    'engine/rollback',
    'engine/rehearsal',
    'engine/report',
    'engine/cleanup',
    'engine/workspace',
  ],
  ['engine/run'],
  ['engine/journey'],
] as const;

const engine = engineFloors.flat();

/** What each room may import, besides itself. */
const mayImport = new Map<string, readonly string[]>([
  ...engineFloors.flatMap((floor, index) =>
    floor.map((room): [string, readonly string[]] => [room, engineFloors.slice(0, index).flat()]),
  ),
  ['sample', ['engine/core', 'engine/db']],
  ['sandbox', []],
  ['bench', ['engine/core', 'engine/db', 'sample', 'sandbox', 'server', 'web']],
  ['tools', ['engine']],
  ['workflows', ['engine']],
  ['agents', ['engine', 'tools', 'workflows']],
  ['mastra.config.ts', ['engine', 'tools', 'workflows', 'agents']],
  ['desk', [...engine, 'engine', 'sample', 'agents', 'mastra.config.ts']],
  ['server', [...engine, 'engine', 'desk']],
  // types only, see below: the page talks HTTP; of docs the handbook, as text
  ['web', ['server', 'engine/contract', 'docs']],
  [
    'cli',
    [...engine, 'engine', 'sample', 'sandbox', 'agents', 'tools', 'mastra.config.ts', 'desk', 'server'],
  ],
  ['playground', [...engine, 'engine', 'agents', 'mastra.config.ts', 'desk', 'cli']],
  ['engine', engine], // engine/index.ts, the engine's own door
]);

const files = readSourceFiles([
  'engine',
  'sandbox',
  'tools',
  'workflows',
  'agents',
  'desk',
  'server',
  'web',
  'cli',
  'playground',
  'sample',
  'bench',
]);

function roomOf(path: string): string {
  const [folder = '', room = ''] = path.split('/');
  return folder === 'engine' && !room.includes('.') ? `${folder}/${room}` : folder;
}

test('every file stands in a room that the house knows', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.map(({ path }) => path).filter((path) => !mayImport.has(roomOf(path)))).toEqual([]);
});

test('imports point down', () => {
  const upward = files.flatMap(({ path, imports }) => {
    const from = roomOf(path);
    const allowed = [from, ...(mayImport.get(from) ?? [])];
    return imports.filter((to) => !allowed.includes(roomOf(to))).map((to) => `${path} → ${to}`);
  });
  expect(upward).toEqual([]);
});

test('the page takes only types from outside, of shapes and contracts', () => {
  const outside = /^import (?!type )[^;]*?from '((?:\.\.\/)+(?:server|engine)\/[^']+)'/gm;
  const page = files.filter(({ path }) => path.startsWith('web/'));
  expect(page.length).toBeGreaterThan(10);
  expect(
    page.flatMap(({ path, code }) => [...code.matchAll(outside)].map(([line]) => `${path}: ${line}`)),
  ).toEqual([]);
  const rooms = /^(web|server\/shapes|engine\/contract)\//;
  const others = page.flatMap(({ path, imports }) =>
    imports.filter((to) => /\.tsx?$/.test(to) && !rooms.test(to)).map((to) => `${path} → ${to}`),
  );
  expect(others).toEqual([]);
});

test('no file imports itself by a detour', () => {
  expect(findCycles(files).map((cycle) => cycle.join(' → '))).toEqual([]);
});

test('only entry points read the environment', () => {
  const entryPoints = /^(cli|playground|bench)\//;
  const readers = files.filter(({ path, code }) => /\bprocess\.env\b/.test(code) && !entryPoints.test(path));
  expect(readers.map(({ path }) => path)).toEqual([]);
});

test('the engine writes nothing to the console', () => {
  const writing = /\bconsole\.\w+\(|\bprocess\.std(out|err)\b/;
  const writers = files.filter(({ path, code }) => path.startsWith('engine/') && writing.test(code));
  expect(writers.map(({ path }) => path)).toEqual([]);
});

test('no drawer is named utils, helpers, common, misc or lib', () => {
  const drawer = /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.ts$)/;
  expect(files.map(({ path }) => path).filter((path) => drawer.test(path))).toEqual([]);
});

test('files are named in kebab-case', () => {
  const odd = files
    .map(({ path }) => path)
    .filter((path) => !/^[a-z0-9/-]+(\.[a-z0-9-]+)*\.m?[tj]sx?$/.test(path));
  expect(odd).toEqual([]);
});

test('these tests would see what they look for', () => {
  const code = withoutComments(
    "// import './no.ts'\nimport { a } from '../b/c.ts';\nexport * from './d.ts';\nimport('./e.ts');",
  );
  expect(findImports('engine/a/x.ts', code)).toEqual(['engine/b/c.ts', 'engine/a/d.ts', 'engine/a/e.ts']);
  const ring = [
    { path: 'a', code: '', imports: ['b'] },
    { path: 'b', code: '', imports: ['c'] },
    { path: 'c', code: '', imports: ['a'] },
  ];
  expect(findCycles(ring)).toEqual([['a', 'b', 'c', 'a']]);
});
