/** Text for people at a terminal: lines that fit, cards that say everything, nothing that commands the terminal. */
import { expect, test } from 'vitest';
import { approvalLines } from '../../../cli/text/approval-lines.ts';
import { createFlowingText } from '../../../cli/text/flowing-text.ts';
import { plainWords } from '../../../desk/plain-words.ts';
import { fakeCard } from '../agents/fake-guide.ts';

function flow(pieces: readonly string[], width: number): string {
  let page = '';
  const flowing = createFlowingText({ width, lead: 'guide  ', write: (text) => (page += text) });
  for (const piece of pieces) flowing.add(piece);
  flowing.end();
  return page;
}

test('words are broken between each other, wherever the pieces end', () => {
  const whole = 'One two three four five six.\nSeven\n\n\n\neight';
  const expected = 'guide  One two three\n       four five six.\n       Seven\n\n       eight\n';
  expect(flow([whole], 22)).toBe(expected);
  expect(flow([...whole], 22)).toBe(expected);
  expect(flow(['a', 'b c'], Number.POSITIVE_INFINITY)).toBe('guide  ab c\n');
});

test('lines of code keep the blanks that they begin with', () => {
  const code = 'So:\n  a {\n    b\n  }\nend';
  const expected = 'guide  So:\n         a {\n           b\n         }\n       end\n';
  expect(flow([code], 40)).toBe(expected);
  expect(flow([...code], 40)).toBe(expected);
});

test('a word longer than the line stands alone, and nothing is said where nothing came', () => {
  expect(flow(['aa bbbbbbbbbbbbbbbbbbbbbbb cc'], 15)).toBe(
    'guide  aa\n       bbbbbbbbbbbbbbbbbbbbbbb\n       cc\n',
  );
  expect(flow([' \n '], 20)).toBe('');
});

test('a card fits the page, every line under its first', () => {
  const lines = approvalLines(fakeCard(), 60).join('\n').split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines.filter((line) => !/^(Approval|What|Records|Can|In the|Plan| {19}\S)/.test(line))).toEqual([]);
  expect(approvalLines(fakeCard({ reversible: { answer: 'no', how: 'It is final.' } }))).toContain(
    'Can it be undone   No. It is final.',
  );
  const ofRun = approvalLines(fakeCard({ runId: '20261112-100000-abcd' }));
  expect(ofRun, 'the words name a move by its date; commands want the id').toContain(
    'Run                20261112-100000-abcd',
  );
});

test('control characters are shown, not sent; line breaks stay', () => {
  expect(plainWords('a\r\nb\u001b[31mc\u0007\u202ed\te')).toBe('a\nb·[31mc··d  e');
});
