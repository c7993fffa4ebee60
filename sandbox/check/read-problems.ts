/** Turns the compiler's lines into problems of the code, also those that it finds in the file that uses the code. */
import type { TypeProblem } from '../contract.ts';

/** More help nobody. */
const MOST = 50;
const LONGEST = 600;

export function readProblems(told: string, source: string): TypeProblem[] {
  const problems: TypeProblem[] = [];
  for (const line of told.split('\n')) {
    const found = /^([\w.]+)\((\d+),(\d+)\): error(?: TS(\d+))?: (.*)$/.exec(line);
    const last = problems.at(-1);
    if (found === null) {
      if (last !== undefined && /^ +\S/.test(line))
        problems[problems.length - 1] = { ...last, message: join(last.message, line) };
      continue;
    }
    const [, file = '', row = '1', column = '1', kind = '', words = ''] = found;
    const message = withAdvice(kind, withoutPlace(words));
    if (problems.length >= MOST) break;
    if (file === 'transform.ts') problems.push({ line: Number(row), column: Number(column), message });
    else problems.push({ ...placeOfExport(source), message: inOtherFile(file, message) });
  }
  return problems;
}

const join = (message: string, line: string) => `${message} ${line.trim()}`.slice(0, LONGEST);

/** What does not fit, does so at the default export. */
function placeOfExport(source: string): { line: number; column: number } {
  const at = /^[ \t]*export\s+default\b/m.exec(source);
  if (at === null) return { line: 1, column: 1 };
  return { line: source.slice(0, at.index).split('\n').length, column: 1 };
}

/** Without advice for people at a console, and without the name of a folder that is gone by now. */
function withoutPlace(message: string): string {
  return message
    .replace(/ ?Do you need to (?:install type definitions|change your target library)[^?]*\?.*$/, '')
    .replace(/'?"[^"]*towpath-types-\w+\/(\w+)"'?/g, '"$1"');
}

/** A parameter without a type is the first thing that people forget. */
function withAdvice(kind: string, message: string): string {
  return kind === '7006'
    ? `${message} Name the types: transform(row: Row, context: Context): Result.`
    : message;
}

function inOtherFile(file: string, message: string): string {
  if (/has no default export|is not a module/.test(message))
    return 'The code has no default export: export default function transform(row, context).';
  return file === 'contract.d.ts' ? `The contract itself is wrong: ${message}` : message;
}
