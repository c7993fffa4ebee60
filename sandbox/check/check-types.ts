/**
 * Type-checks code against a contract with the native TypeScript compiler, in a process of its own: the only stable
 * interface it has, 25 ms a check, and a type that never ends can be killed (a check inside this process could not).
 *
 * The compiler only reads. It is told not to follow what the code names, gets an empty environment, a folder of its own,
 * a bounded memory where a shell can bound it, and a bounded time.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TypeProblem } from '../contract.ts';
import { SandboxError } from '../sandbox-error.ts';
import { findCompiler } from './find-compiler.ts';
import { readProblems } from './read-problems.ts';
import { findSwitches } from './switches.ts';

export interface CheckLimits {
  readonly milliseconds: number;
  /** Of address space; the compiler reserves more than it uses. */
  readonly memoryMegabytes: number;
  readonly sourceCharacters: number;
}

export const usualCheckLimits: CheckLimits = {
  milliseconds: 10_000,
  memoryMegabytes: 3072,
  sourceCharacters: 256 << 10,
};

const PROCESSORS = 2;

const compilerOptions = {
  strict: true,
  noEmit: true,
  target: 'es2024',
  lib: ['es2024'],
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  types: [],
  noResolve: true, // names in the code are not followed to files
  allowImportingTsExtensions: true,
  erasableSyntaxOnly: true, // types are stripped before the code runs, nothing is translated
  noUncheckedIndexedAccess: true,
  noFallthroughCasesInSwitch: true,
  skipLibCheck: true,
  pretty: false,
};

const entry = `import transform from './transform.ts';\nexport const fits: Transform = transform;\n`;

/** The findings of the compiler, in the order of the code. Throws a SandboxError where it is not there. */
export async function checkTypes(
  source: string,
  contract: string,
  limits: CheckLimits = usualCheckLimits,
): Promise<TypeProblem[]> {
  if (source.length > limits.sourceCharacters)
    return [
      { line: 1, column: 1, message: `The code is longer than ${limits.sourceCharacters} characters.` },
    ];
  const compiler = findCompiler();
  const folder = await mkdtemp(join(tmpdir(), 'towpath-types-'));
  try {
    const files = ['contract.d.ts', 'transform.ts', 'entry.ts'];
    await Promise.all([
      writeFile(join(folder, 'contract.d.ts'), contract),
      writeFile(join(folder, 'transform.ts'), source),
      writeFile(join(folder, 'entry.ts'), entry),
      writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files })),
    ]);
    const told = await compile(compiler, folder, limits);
    return [...findSwitches(source), ...readProblems(told, source)].sort(
      (a, b) => a.line - b.line || a.column - b.column,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compile(compiler: string, folder: string, limits: CheckLimits): Promise<string> {
  const [file, args] = command(compiler, limits);
  const options = {
    cwd: folder,
    env: { GOMEMLIMIT: `${Math.round(limits.memoryMegabytes / 3)}MiB`, GOMAXPROCS: String(PROCESSORS) },
    timeout: limits.milliseconds,
    killSignal: 'SIGKILL' as const,
    maxBuffer: 1 << 20,
  };
  return new Promise((resolve, reject) => {
    execFile(file, args, options, (error, stdout) => {
      if (isCutOff(error)) return resolve(stdout); // more problems than anybody reads
      if (error === null || typeof error.code === 'number') {
        if (error === null || stdout !== '') return resolve(stdout);
        return resolve('transform.ts(1,1): error: The types of this code are too much for the compiler.');
      }
      if (error.killed || error.signal != null)
        return resolve(
          `transform.ts(1,1): error: The type check did not end within ${limits.milliseconds / 1000} s; simplify the types.`,
        );
      reject(
        new SandboxError('crash', 'The TypeScript compiler could not be started.', {
          hint: 'Run npm ci again, with optional dependencies.',
          cause: error,
        }),
      );
    });
  });
}

const isCutOff = (error: { code?: unknown } | null) => error?.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';

/**
 * A shell puts the bounds on and becomes the compiler, so that killing it leaves nothing behind. The bound on processor
 * time is for when this process is killed before it can kill.
 */
function command(compiler: string, limits: CheckLimits): [string, string[]] {
  const args = ['-p', 'tsconfig.json'];
  if (process.platform !== 'linux') return [compiler, args];
  const seconds = Math.ceil((limits.milliseconds / 1000) * PROCESSORS) + 1;
  const bounds = `ulimit -v ${limits.memoryMegabytes * 1024}; ulimit -t ${seconds}`;
  return ['/bin/sh', ['-c', `${bounds}; exec "$0" "$@"`, compiler, ...args]];
}
