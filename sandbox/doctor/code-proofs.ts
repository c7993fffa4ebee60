/** Proves what code gets to see when everything is on, through the same door that a migration uses. */
import type { CodeRunners, CodeUnit } from '../contract.ts';
import { SandboxError, type SandboxErrorKind } from '../sandbox-error.ts';
import type { Proof } from './diagnosis.ts';

const nothingThere = [
  'process',
  'require',
  'fetch',
  'Buffer',
  'setTimeout',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
];

const looking: CodeUnit = {
  source: `
    const attempt = (work: () => unknown): string => { try { return typeof work(); } catch (error) { return (error as Error).name; } };
    export default function transform(row: { name: string }) {
      if (row.name === 'eval') return { saw: attempt(() => (0, eval)('1')) };
      if (row.name === 'Function') return { saw: attempt(() => new Function('return 1')()) };
      return { saw: typeof (globalThis as Record<string, unknown>)[row.name] };
    }`,
  reads: ['name'],
  writes: ['saw'],
};

const endings: readonly { name: string; what: string; body: string; kinds: readonly SandboxErrorKind[] }[] = [
  { name: 'time', what: 'cannot run without end', body: 'for (;;) {}', kinds: ['timeout'] },
  {
    name: 'values',
    what: 'cannot keep values without end',
    body: 'const kept: string[][] = []; for (;;) kept.push(new Array(1000).fill(row.name));',
    kinds: ['heap', 'oom', 'stopped'],
  },
  {
    name: 'clock',
    what: 'cannot depend on the moment',
    body: 'return { saw: String(Date.now()) };',
    kinds: ['not-repeatable'],
  },
];

/** Throws a SandboxError where code cannot be run at all. */
export async function proveByCode(runners: CodeRunners): Promise<Proof[]> {
  return [await lookAround(runners), ...(await proveEndings(runners))];
}

async function lookAround(runners: CodeRunners): Promise<Proof> {
  const names = [...nothingThere, 'eval', 'Function'];
  const runner = await runners.open(looking);
  try {
    const outcomes = await runner.run(names.map((name) => [name]));
    const seen = names.filter((_, index) => {
      const outcome = outcomes[index];
      const saw = outcome?.ok ? outcome.cells[0] : 'an error';
      return saw !== 'undefined' && saw !== 'EvalError';
    });
    return {
      name: 'reach',
      what: 'sees the language and nothing else',
      held: seen.length === 0,
      saw: seen.length === 0 ? `none of ${names.join(', ')}` : `reaches ${seen.join(', ')}`,
    };
  } finally {
    await runner.close();
  }
}

async function proveEndings(runners: CodeRunners): Promise<Proof[]> {
  const proofs: Proof[] = [];
  for (const { name, what, body, kinds } of endings) {
    const source = `export default function transform(row: { name: string }): { saw: string } { ${body} }`;
    const runner = await runners.open({ ...looking, source });
    try {
      await runner.run([['x']]);
      proofs.push({ name, what, held: false, saw: 'it went on' });
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      proofs.push({ name, what, held: kinds.includes(error.kind), saw: error.message });
    } finally {
      await runner.close();
    }
  }
  return proofs;
}
