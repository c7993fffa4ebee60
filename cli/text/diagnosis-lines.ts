/** What the sandbox's doctor found, for people. */
import { countOf } from '../../engine/report/words.ts';
import type { Diagnosis, Proof } from '../../sandbox/index.ts';
import { formatTable, plainText } from './table.ts';

const marks = { true: 'held', false: 'NOT HELD', null: 'not tried' } as const;

export function diagnosisLines({ facts, proofs, remarks, problem, ready }: Diagnosis): string[] {
  const lines: string[] = [];
  const [, ...known] = formatTable(
    ['', ''],
    facts.map(({ name, value }) => [name, plainText(value, 100)]),
  );
  if (known.length > 0) lines.push(...known, '');
  if (proofs.length > 0)
    lines.push(
      ...formatTable(
        ['code in the sandbox', 'tried', 'seen from inside'],
        proofs.map(({ what, held, saw }) => [what, marks[`${held}`], plainText(saw, 70)]),
      ),
      '',
    );
  lines.push(...remarks.map((remark) => `Note: ${remark}`));
  if (remarks.length > 0) lines.push('');
  if (problem !== null)
    return [...lines, `Code cannot be run here: ${problem.message}`, `Next: ${problem.hint}`];
  return [...lines, ready ? `Code can be run here: ${heldWords(proofs)}.` : notHeld(proofs)];
}

const heldWords = (proofs: readonly Proof[]) =>
  `${countOf(proofs.length, 'promise')} tried from inside, all held`;

function notHeld(proofs: readonly Proof[]): string {
  const open = proofs.filter(({ held }) => held !== true);
  return `Do not run code here: ${countOf(open.length, 'promise')} did not hold. docs/sandbox.md says what each of them needs.`;
}
