/** Code of a plan as it may be shown to a model: as it is, but for what may be somebody's value. */
import { expect, test } from 'vitest';
import { shownTransform } from '../../../../engine/journey/facts/shown-transform.ts';

const source = `export default function transform(row: Row): Result {
  if (row.name === 'Anna Berg' || row.mail === "anna@example.com" || row.no === 12345678) return { made: ', ' };
  return { made: row.name.split('; ')[0] };
}
`;
const code = { kind: 'code', source, reads: ['name'] } as const;

test('of a personal column no text is told, and the code can still be read', () => {
  const shown = JSON.stringify(shownTransform({ ...code, reads: ['name'] }, true));
  for (const value of ['Anna', 'Berg', 'anna@', '12345678']) expect(shown).not.toContain(value);
  expect(shown).toContain("row.name.split('; ')[0]");
  expect(shown).toContain('export default function transform(row: Row): Result');
});

test('names of columns are no values', () => {
  const named = `export default (row: Row): Result => ({ made: row['Full Name'] + 'Full Nam' });\n`;
  const shown = JSON.stringify(shownTransform({ kind: 'code', source: named, reads: ['Full Name'] }, true));
  expect(shown).toContain("row['Full Name'] + 'F••• N•••'");
});

test('of any other, addresses and long numbers are not', () => {
  const shown = shownTransform({ ...code, reads: ['name'] }, false);
  expect(shown).toMatchObject({ kind: 'code', reads: ['name'] });
  expect(JSON.stringify(shown)).not.toMatch(/anna@|12345678/);
  expect(JSON.stringify(shown)).toContain('Anna Berg');
});
