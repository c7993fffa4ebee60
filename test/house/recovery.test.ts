/** Every error code has its entry in docs/recovery.md, and every entry a code. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpFor } from '../../engine/core/errors.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const handbook = read('docs/recovery.md');

/** In words of capitals as well, but no code of an error. */
const OTHERS = new Set([
  'ALREADY_MIGRATED', // what became of an entity
  'DUPLICATE_KEY', // the YAML reader's own
  'PG_VERSION', // a file
  'SQL_ASCII', // an encoding
  'SSL_CA', // the end of a variable's name
]);

/** Errors of Node, of sockets and of TLS, which become errors of ours; signals. */
const FOREIGN = /^(ABORT_ERR|E[A-Z]+(_AGAIN)?|ERR_\w+|HPE_\w+|SIG[A-Z]+|JSON)$/;

const files = [
  'engine',
  'desk',
  'server',
  'cli',
  'tools',
  'workflows',
  'agents',
  'sandbox',
  'sample',
  'playground',
].flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }));

/** Whatever is written like a code, except names of variables and what is listed above. */
function codesOf(file: string): string[] {
  if (file.endsWith('engine/db/sqlstate-table.ts')) return [];
  const text = read(file);
  const alone = [...text.matchAll(/\bcode: '([A-Z][A-Z0-9_]+)'/g)].map(([, code]) => code!);
  const worded = [...text.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map(([, code]) => code!);
  const handedOn = [...text.matchAll(/\(\s*'([A-Z][A-Z_]{3,})',/g)].map(([, code]) => code!);
  return [...alone, ...worded, ...handedOn].filter((code) => !OTHERS.has(code) && !FOREIGN.test(code));
}

/** Those of servers stand as keys in a table. */
function codesOfConnections(): string[] {
  const text = read('engine/db/connection-problems.ts');
  return [...text.matchAll(/^ {2}([A-Z]+(?:_[A-Z]+)*): \{$/gm)].map(([, code]) => code!);
}

const variables = new Set(read('.env.example').match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g));
const OWN_VARIABLE =
  /^(TOWPATH|SOURCE|TARGET|OPENAI|SUPABASE)_(PLAYGROUND|SANDBOX|STORAGE|FAILPOINT|DB)_?\w*$/;

function allCodes(): string[] {
  const found = new Set([...files.flatMap(codesOf), ...codesOfConnections()]);
  return [...found].filter((code) => !variables.has(code) && !OWN_VARIABLE.test(code)).sort();
}

const entries = handbook
  .split(/^### /m)
  .slice(1)
  .map((entry) => ({ code: entry.slice(0, entry.indexOf('\n')).trim(), text: entry.split(/^## /m)[0]! }));

test('every code of an error is in the handbook, and the handbook has no other', () => {
  const codes = allCodes();
  expect(codes).toEqual(
    expect.arrayContaining(['GATE_CLOSED', 'TIMEOUT', 'USAGE', 'MODEL_ERROR', 'PORT_IN_USE']),
  );
  const written = entries.map(({ code }) => code);
  expect({ lacking: codes.filter((code) => !written.includes(code)) }).toEqual({ lacking: [] });
  expect({ unknown: written.filter((code) => !codes.includes(code)) }).toEqual({ unknown: [] });
  expect(written.filter((code, i) => written.indexOf(code) !== i)).toEqual([]);
});

test('every entry says what happened, what is in the target and what comes next', () => {
  const halves = entries.filter(
    ({ text }) =>
      !['What happened', 'In the target', 'Next'].every((part) =>
        new RegExp(`^- \\*\\*${part}:\\*\\* \\S.{8,}`, 'm').test(text),
      ),
  );
  expect(halves.map(({ code }) => code)).toEqual([]);
});

/** No command of Towpath's helps with these: what to do lies outside it, or in the very call that was refused. */
const WITHOUT_COMMAND: Readonly<Record<string, string>> = {
  INVALID_FAILPOINT: 'a variable that only tests set',
  FILE_MISSING: 'a file that somebody named',
  TOOL_NOT_PERMITTED: 'nothing is to be done',
  INPUT_INVALID: 'the sentence is said again',
  EXAM_BROKEN: 'a fault to be reported',
  SAMPLE_OPTION_INVALID: 'the sample has an npm script, no command',
  SAMPLE_ENCODING: 'the sample has an npm script, no command',
  SAMPLE_EXISTS: 'the sample has an npm script, no command',
  SAMPLE_UNREACHABLE: 'the sample has an npm script, no command',
  INVALID_SERVER_SETTING: 'for programs that start the embedded PostgreSQL',
  DATA_FOLDER_INCOMPATIBLE: 'for programs that start the embedded PostgreSQL',
  DATA_FOLDER_NOT_EMPTY: 'for programs that start the embedded PostgreSQL',
  DATA_FOLDER_UNREACHABLE: 'for programs that start the embedded PostgreSQL',
};

const partOf = (text: string, part: string) =>
  new RegExp(`^- \\*\\*${part}:\\*\\* (.+)$`, 'm').exec(text)?.[1] ?? '';

test('what comes next names a command, or is a listed exception', () => {
  // who meets these is on the page, or a program; they have buttons and routes
  const onPage = handbook.split('\n## The page and its API\n')[1]!.split(/^## /m)[0]!;
  const without = entries.filter(
    ({ code, text }) => !/`towpath [a-zA-Z]/.test(partOf(text, 'Next')) && !onPage.includes(`### ${code}\n`),
  );
  expect(without.map(({ code }) => code).sort()).toEqual(Object.keys(WITHOUT_COMMAND).sort());
});

/** A resume, or a connection made anew half way, meets the same codes as a first step. */
test('nobody is told that the target is untouched where a run may have moved rows', () => {
  const untrue = entries.filter(({ text }) =>
    /^(Untouched\b(?! by this)|Nothing yet|Empty)/.test(partOf(text, 'In the target')),
  );
  expect(untrue.map(({ code }) => code)).toEqual([]);
  const connections = codesOfConnections();
  expect(connections).toContain('HOST_NOT_FOUND');
  const others = entries.filter(
    ({ code, text }) =>
      connections.includes(code) &&
      !partOf(text, 'In the target').startsWith('Everything up to the last finished batch'),
  );
  expect(others.map(({ code }) => code)).toEqual([]);
});

test('the link of an error leads to its heading', () => {
  for (const { code } of entries) expect(helpFor(code)).toBe(`docs/recovery.md#${code.toLowerCase()}`);
  expect(handbook).toMatch(/^### GATE_CLOSED$/m);
});

test('the handbook names commands that there are', () => {
  const commands = read('cli/command-list.ts');
  const named = [...handbook.matchAll(/`towpath ([a-z-]+)/g)].map(([, name]) => name!);
  expect([...new Set(named)].filter((name) => !commands.includes(`name: '${name}'`))).toEqual([]);
});
