/** Code runners for tests of the engine: TypeScript in a child process, without any walls. Never for a plan of somebody's. */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  CodeFailure,
  CodeRunner,
  CodeRunners,
  CodeUnit,
  RowOutcome,
  TypeProblem,
} from '../../../engine/contract/code.ts';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

export interface ChildRunners extends CodeRunners {
  /** Every unit opened, in order. */
  readonly opened: CodeUnit[];
  /** Rows of every batch sent. */
  readonly sent: number[];
  /** Most batches on their way at once, per runner. */
  mostInFlight(): number;
  living(): number;
}

export interface ChildOptions {
  /** Called before a batch is sent: may throw a failure, which ends the runner. */
  readonly beforeBatch?: (rows: readonly (readonly (string | null)[])[], batch: number) => void;
}

export function createChildRunners({ beforeBatch = () => {} }: ChildOptions = {}): ChildRunners {
  const opened: CodeUnit[] = [];
  const sent: number[] = [];
  const children = new Set<ChildProcess>();
  let most = 0;

  async function open(unit: CodeUnit): Promise<CodeRunner> {
    opened.push(unit);
    const child = fork(CHILD, { execArgv: ['--no-warnings'] });
    children.add(child);
    const waiting = new Map<number, { resolve(outcomes: RowOutcome[]): void; reject(error: Error): void }>();
    let next = 0;
    let inFlight = 0;
    child.on('message', ({ id, outcomes }: { id: number; outcomes: RowOutcome[] }) => {
      waiting.get(id)?.resolve(outcomes);
      waiting.delete(id);
    });
    child.on('exit', () => {
      children.delete(child);
      for (const { reject } of waiting.values()) reject(failure('crash', 'The code ended its own process.'));
    });
    const ask = (type: string, body: unknown) =>
      new Promise<RowOutcome[]>((resolve, reject) => {
        if (child.exitCode !== null || child.killed) return reject(failure('crash', 'The runner is gone.'));
        waiting.set(next, { resolve, reject });
        child.send({ type, id: next++, body });
      });
    await ask('load', unit);
    return {
      async run(rows) {
        most = Math.max(most, ++inFlight);
        try {
          sent.push(rows.length);
          beforeBatch(rows, sent.length);
          return await ask('batch', rows);
        } catch (error) {
          await end(child);
          throw error;
        } finally {
          inFlight--;
        }
      },
      close: () => end(child),
    };
  }

  return {
    opened,
    sent,
    open,
    check: checkTypes,
    mostInFlight: () => most,
    living: () => children.size,
    async close() {
      await Promise.all([...children].map(end));
    },
  };
}

/** It is gone when this returns, as a container is. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export function failure(kind: string, message: string, rowIndex: number | null = null): CodeFailure {
  return Object.assign(new Error(message), { kind, hint: 'Correct the code.', rowIndex });
}

/** As people would check it themselves: the compiler on two files. */
async function checkTypes({ source }: CodeUnit, contract: string): Promise<readonly TypeProblem[]> {
  const folder = mkdtempSync(join(tmpdir(), 'towpath-test-types-'));
  try {
    writeFileSync(join(folder, 'contract.d.ts'), contract);
    writeFileSync(join(folder, 'transform.ts'), source);
    writeFileSync(
      join(folder, 'use.ts'),
      `import transform from './transform.ts';\nexport const used: Transform = transform;\n`,
    );
    const options = {
      strict: true,
      noEmit: true,
      target: 'es2024',
      module: 'esnext',
      lib: ['es2024'],
      types: [],
      erasableSyntaxOnly: true,
      noUncheckedIndexedAccess: true,
      allowImportingTsExtensions: true,
      moduleDetection: 'force',
      moduleResolution: 'bundler',
    };
    const files = ['contract.d.ts', 'transform.ts', 'use.ts'];
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files }));
    const compiler = join(
      dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin/tsc',
    );
    const text = await new Promise<string>((resolve) =>
      execFile(process.execPath, [compiler, '-p', folder], (_error, out) => resolve(out)),
    );
    return text.split('\n').flatMap((line) => {
      const found = /(transform|use|contract\.d)\.ts\((\d+),(\d+)\): error (.*)$/.exec(line);
      return found ? [{ line: Number(found[2]), column: Number(found[3]), message: found[4]! }] : [];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
