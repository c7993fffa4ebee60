/**
 * The compiler itself, not its wrapper in JavaScript: killing that one could leave this one running.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SandboxError } from '../sandbox-error.ts';

/** Throws a SandboxError. */
export function findCompiler(): string {
  const name = `@typescript/typescript-${process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  for (const from of [import.meta.url, typescriptPlace()]) {
    const compiler = from === null ? null : resolveIn(from, name, file);
    if (compiler !== null) return compiler;
  }
  throw new SandboxError('crash', 'The TypeScript compiler is not installed.', {
    hint: `Run npm ci again, with optional dependencies: ${name} is missing.`,
  });
}

function typescriptPlace(): string | null {
  try {
    return createRequire(import.meta.url).resolve('typescript/package.json');
  } catch {
    return null;
  }
}

function resolveIn(from: string, name: string, file: string): string | null {
  try {
    const compiler = join(dirname(createRequire(from).resolve(`${name}/package.json`)), 'lib', file);
    return existsSync(compiler) ? compiler : null;
  } catch {
    return null;
  }
}
