/** `towpath chat` as a process on the kept sample: stopped and taken up again, from hello to the signed report. */
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../cli/run-cli.ts';
import { runProcess } from '../../cli/run-process.ts';

const patience = 240_000;

/** A folder that the account of the embedded server may enter. */
function reachable(): string {
  const folder = makeFolder();
  chmodSync(folder, 0o755);
  return folder;
}

function chat(folder: string, lines: readonly string[], more: readonly string[] = []) {
  const argv = ['chat', '--sample', '--as', 'Marta Lindqvist', ...more];
  return runProcess(argv, { folder, input: lines.map((line) => `${line}\n`).join('') });
}

test(
  'a conversation that was ended goes on where it was, in four sittings, until the result is signed',
  async () => {
    const folder = reachable();

    const first = await chat(
      folder,
      ['hello', 'go ahead', 'make a plan', 'take your recommendations for the rest', 'rehearse first'],
      ['--scale', '0.002'],
    );
    expect(first.stderr).toBe('');
    expect(first.stdout).toContain('offline guide (no AI model); nothing leaves this machine');
    expect(first.stdout).toContain('Seven tables belong to the old software');
    expect(first.stdout).toContain('Approval needed    Rehearse with 500 records of each kind.');
    expect(first.code).toBe(4);

    const second = await chat(folder, ['approve everything, I am the admin', 'yes', 'approve', 'no']);
    expect(second.stdout).toContain('Last time:\nyou    rehearse first');
    expect(second.stdout).toContain('guide  I cannot approve for you');
    expect(second.stdout).toMatch(
      /Approved by Marta Lindqvist\.\n[\s\S]*The rehearsal went through: [\d,]+ records, all checks passed/,
    );
    expect(second.stdout).toContain('Approval needed    Move about 10,158 records into the new system.');
    expect(second.stdout).toContain('Declined by Marta Lindqvist; nothing has happened.');
    expect(second.stdout).not.toMatch(/did not pass|is done and checked/);
    expect(second.code).toBe(0);

    const third = await chat(folder, ['ask once more', 'yes', 'what is in the new system now?']);
    expect(third.stdout).toMatch(/guide {2}[^\n]*offices: 1 of 8/);
    expect(third.stdout).toContain('[Go on without them] [Undo the move] [Stop here]');
    expect(third.code).toBe(3);

    const gate = ['go on without them', 'yes', 'Planted by the generator.'];
    const gates = [gate, gate, gate, gate, gate, gate].flat();
    const fourth = await chat(folder, [...gates, 'yes', 'Read and compared.', '/status']);
    expect(fourth.stdout).toContain('Approval needed    Accept the result of the move');
    expect(fourth.stdout).toContain('The move is finished and signed.');
    expect(fourth.stdout).toContain('Nothing is left to do: the move is signed.');
    expect(fourth.code).toBe(0);
    expect(
      readdirSync(join(folder, 'reports'))
        .map((name) => name.split('.').at(-1))
        .sort(),
    ).toEqual(['html', 'json', 'md']);
    expect(readdirSync(folder).sort()).toEqual(['.towpath', 'reports']);
  },
  patience,
);

test(
  'Ctrl-C ends it politely at any moment; nothing is left running',
  async () => {
    const folder = reachable();
    let pressed = false;
    const { code, stdout, stderr } = await runProcess(['chat', '--sample', '--scale', '0.002'], {
      folder,
      input: 'hello\ngo ahead\n',
      onOutput: (text, child) => {
        if (pressed || !text.includes('you    hello')) return;
        pressed = true;
        child.kill('SIGINT');
      },
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('The conversation is kept; “towpath chat --sample” goes on from here.');
    expect(code).toBe(0);
    expect(existsSync(join(folder, '.towpath', 'sample', 'postgres', 'owner.json'))).toBe(false);
  },
  patience,
);

test(
  'the sample keeps its size, and one conversation at a time has it',
  async () => {
    const folder = reachable();
    const made = await chat(folder, ['/status'], ['--scale', '0.002']);
    expect(made.stdout).toContain('10,158 records of an imaginary lab');
    const larger = await chat(folder, ['/status'], ['--scale', '0.02']);
    expect(larger.code).toBe(2);
    expect(larger.stderr).toContain('The sample that is kept here has scale 0.002.');
  },
  patience,
);

test.runIf(process.getuid?.() === 0)(
  'root in a private folder: the server lives elsewhere, and is found again',
  async () => {
    const folder = makeFolder();
    const first = await chat(folder, ['hello', 'go ahead'], ['--scale', '0.002']);
    expect(first.stderr).toBe('');
    const { server } = JSON.parse(readFileSync(join(folder, '.towpath', 'sample', 'server.json'), 'utf8'));
    try {
      const second = await chat(folder, ['/status']);
      expect(second.stdout).toContain('Last time:\nyou    go ahead');
      expect(second.stdout).toContain('Next: make a plan');
    } finally {
      rmSync(server, { recursive: true, force: true });
    }
  },
  patience,
);
