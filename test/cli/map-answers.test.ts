/** The plan's questions at the command line: listed, answered by number, in the file, one after another, all at once. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsePlan } from '../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import type { PlanQuestion } from '../../engine/plan/questions.ts';
import { writePlan } from '../../engine/plan/write-plan.ts';
import { makeFolder, runCli } from './run-cli.ts';
import { smallPlan } from './small-plan.ts';

const question = (number: number, required: boolean, zones: readonly string[]): PlanQuestion => ({
  number,
  about: {},
  text: `On which clock, ${number}?`,
  why: 'Nobody wrote it down.',
  required,
  choices: zones.map((zone, i) => ({
    id: 'abc'[i]!,
    text: `${zone} time`,
    changes: [{ kind: 'set-time-zone', zone }],
  })),
  recommended: 'a',
  answer: null,
  applied: 'a',
});

function withQuestions(): { folder: string; plan(): PlanFile; text(): string; write(text: string): void } {
  const folder = makeFolder();
  const file = join(folder, 'towpath.plan.yaml');
  const questions = [question(1, true, ['UTC', 'Europe/Berlin']), question(2, false, ['UTC', 'Asia/Tokyo'])];
  const text = writePlan({ ...smallPlan(), questions });
  writeFileSync(file, text.replace('  - name: doctors', '  # a note of the office\n  - name:   doctors'));
  return {
    folder,
    plan: () => parsePlan(readFileSync(file, 'utf8')),
    text: () => readFileSync(file, 'utf8'),
    write: (next) => writeFileSync(file, next),
  };
}

const answers = (plan: PlanFile) => plan.questions.map(({ answer }) => answer);

test('listed, and nothing answered', async () => {
  const { folder, plan, text } = withQuestions();
  const before = text();
  const { code, stdout } = await runCli(['map', 'answer'], { folder });
  expect(code).toBe(0);
  expect(stdout).toContain('Question 1 (must be answered)');
  expect(stdout).toContain('a  UTC time  (recommended)');
  expect(stdout).toContain('Question 2 (may be left as proposed)');
  expect(stdout).toContain('1 question must still be answered');
  expect(answers(plan())).toEqual([null, null]);
  expect(text()).toBe(before);
});

test('answered by number: the plan follows, comments and spacing stay, and the way back is another answer', async () => {
  const { folder, plan, text } = withQuestions();
  expect((await runCli(['map', 'answer', '1', 'b'], { folder })).stdout).toContain('Europe/Berlin');
  expect(plan().settings.timeZone).toBe('Europe/Berlin');
  expect(plan().questions[0]).toMatchObject({ answer: 'b', applied: 'b' });
  expect(text()).toContain('# a note of the office');
  expect(text()).toContain('- name:   doctors');
  await runCli(['map', 'answer', '1', 'a'], { folder });
  expect(plan().settings.timeZone).toBe('UTC');
  await runCli(['map', 'answer', '1', 'America/New_York'], { folder });
  expect(plan().settings.timeZone).toBe('America/New_York');
  expect(plan().questions[0]!.choices).toHaveLength(3);
});

test('what is no question or no choice changes nothing', async () => {
  const { folder, text } = withQuestions();
  const before = text();
  for (const words of [
    ['7', 'a'],
    ['1', 'z'],
    ['1', 'Mars/Olympus'],
    ['x', 'a'],
  ]) {
    const { code, stderr } = await runCli(['map', 'answer', ...words], { folder });
    expect(code, words.join(' ')).toBe(2);
    expect(stderr).toMatch(/^Error: .+\nNext: .+/);
  }
  expect(text()).toBe(before);
});

test('all as recommended, openly', async () => {
  const { folder, plan } = withQuestions();
  await runCli(['map', 'answer', '2', 'b'], { folder });
  const { stdout } = await runCli(['map', 'answer', '--all-recommended'], { folder });
  expect(stdout).toContain('On which clock, 1?');
  expect(stdout).not.toContain('On which clock, 2?');
  expect(stdout).toContain('Nothing has to be answered any more');
  expect(answers(plan())).toEqual(['a', 'b']);
});

test('an answer written into the file is put into the plan by map', async () => {
  const { folder, plan, text, write } = withQuestions();
  write(text().replace('answer: null', 'answer: b'));
  expect(plan().settings.timeZone).toBe('UTC');
  const { stdout } = await runCli(['map', '--examples', '0'], { folder });
  expect(stdout).toContain('Question 1: b, Europe/Berlin time.');
  expect(plan().settings.timeZone).toBe('Europe/Berlin');
  expect(plan().questions[0]).toMatchObject({ answer: 'b', applied: 'b' });
});

test('one after another at a terminal; an empty line leaves one for later', async () => {
  const { folder, plan } = withQuestions();
  const { stdout } = await runCli(['map', 'answer'], { folder, typed: 'z\nb\n\n' });
  expect(stdout).toContain('Your answer (a is recommended)');
  expect(answers(plan())).toEqual(['b', null]);
});

test('as a document for machines', async () => {
  const { folder } = withQuestions();
  const { stdout } = await runCli(['map', 'answer', '--json'], { folder });
  expect(JSON.parse(stdout)).toMatchObject({ status: 'success', open: [1], answered: [] });
});

test('rehearse tells, approve refuses by the engine’s word', async () => {
  const { folder } = withQuestions();
  const { stdout } = await runCli(['map', '--examples', '0'], { folder });
  expect(stdout).toContain('1 question about the plan must be answered before it can be approved');
});
