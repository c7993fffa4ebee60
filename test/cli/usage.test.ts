import { expect, test } from 'vitest';
import { commandList } from '../../cli/command-list.ts';
import { errorShape } from './json-shapes.ts';
import { runCli } from './run-cli.ts';

const names = commandList.map((entry) => entry.name);

test('all commands of the product are there', () => {
  expect([...names].sort()).toEqual(
    'agents analyze approve audit cancel chat cleanup demo explain init list map migrate pause plan preflight progress quarantine rehearse report resume rollback sandbox serve status validate watch'.split(
      ' ',
    ),
  );
});

test.each(names)('%s explains itself, with the options that every command has', async (name) => {
  const { code, stdout, stderr } = await runCli([name, '--help']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toContain(`Usage: towpath ${name}`);
  for (const option of ['--json', '--verbose', '--config', '--plan', '--help'])
    expect(stdout).toContain(option);
});

test.each([
  [
    'migrate',
    '--entities --with-deps --dry-run --resume --resume-from --batch-size --max-concurrency --checkpoint-frequency --timeout-minutes --max-failure-rate --validate --yes',
  ],
  ['resume', '--restart-from-batch'],
  ['validate', '--entities --fix --sample'],
  ['report', '--output --format --detailed'],
  ['rollback', '--entities --confirm --preview --level --force-changed'],
  ['quarantine', '--cause --entity --suggested --yes --format'],
  ['demo', '--scale --ui'],
  ['cleanup', '--days'],
  ['explain', '--values --run'],
  ['audit', '--expect --compare --limit --run --output'],
  ['analyze', '--schema --output --sample --count-all --report --format'],
  ['rehearse', '--entities --sample --output'],
  ['status', '--details'],
])('%s has the options of the product', async (name, options) => {
  const { stdout } = await runCli([name!, '--help']);
  for (const option of options!.split(' ')) expect(stdout).toContain(option);
});

test('towpath alone shows the commands and counts as wrong usage', async () => {
  const { code, stdout } = await runCli([]);
  expect(code).toBe(2);
  for (const name of names) expect(stdout).toContain(name);
});

test.each([
  [['migrat'], 'Did you mean migrate?'],
  [['migrate', '--entites', 'core'], 'Did you mean --entities?'],
  [['rollbak', '--confirm'], 'Did you mean rollback?'],
  [['validate', 'integrty'], 'Did you mean integrity?'],
  [['migrate', '--batch-size', 'many'], 'towpath migrate --help'],
  [['migrate', '--max-concurrency', '9'], 'towpath migrate --help'],
  [['migrate', '--max-failure-rate', '2'], 'towpath migrate --help'],
  [['cleanup', '--days', '-1'], 'towpath cleanup --help'],
  [['resume'], 'towpath resume --help'],
  [['pause', 'a', 'b'], 'towpath pause --help'],
  [['quarantine', 'lst'], 'towpath quarantine --help'],
  [['report', '--format', 'pdf'], 'html, md, json'],
  [['demo', '--scale', '0'], 'towpath demo --help'],
  [['demo', '--ui'], 'without --ui'],
])('%j is wrong usage, told in one sentence with a next step', async (argv, hint) => {
  const { code, stdout, stderr, fake } = await runCli(argv);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Error: [^\n]+[.!?)]\nNext: [^\n]+\nMore: docs\/recovery\.md#[a-z_]+\n$/);
  expect(stderr).toContain(hint);
  expect(fake.asked).toEqual([]);
});

test('wrong usage is JSON where JSON was asked for, wherever the option stands', async () => {
  for (const argv of [
    ['--json', 'migrat'],
    ['migrat', '--json'],
    ['migrate', '--json', '--nope'],
  ]) {
    const { code, stdout } = await runCli(argv);
    expect(code).toBe(2);
    expect(errorShape.parse(JSON.parse(stdout)).error.code).toBe('USAGE');
  }
});
