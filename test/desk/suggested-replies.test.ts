/** The line of suggested replies never shows as text, however the words arrive, and nothing else is lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReplySplitter, splitReplies } from '../../desk/suggested-replies.ts';

function inPieces(pieces: readonly string[]): { text: string; replies: readonly string[] } {
  const splitter = createReplySplitter();
  const shown = pieces.map((piece) => splitter.add(piece)).join('');
  const rest = splitter.end();
  return { text: shown + rest.text, replies: rest.replies };
}

test.each([
  ['I found 45 tables.\n[Go through them] [Later]', 'I found 45 tables.', ['Go through them', 'Later']],
  ['[Yes]', '', ['Yes']],
  ['A list:\n[1] one\n[2] two', 'A list:\n[1] one\n[2] two', []],
  ['[A] [B]\nThat was not the end.', '[A] [B]\nThat was not the end.', []],
  ['No replies.', 'No replies.', []],
  ['[not closed', '[not closed', []],
  ['Shall I?\n\n[Do it]\n', 'Shall I?', ['Do it']],
])('%j', (words, text, replies) => {
  expect(splitReplies(words)).toEqual({ text, replies });
  expect(inPieces([...words])).toEqual({ text, replies });
});

test('a line that only begins like one is not held back for ever', () => {
  const splitter = createReplySplitter();
  expect(splitter.add(`[${'a'.repeat(2000)}`)).toHaveLength(2001);
});

test('cut anywhere, the same comes out, and text without replies comes out whole', () => {
  const words = fc.string({ unit: fc.constantFrom('a', '[', ']', ' ', '\n', 'é', 'A B'), maxLength: 60 });
  fc.assert(
    fc.property(words, fc.array(fc.nat(60), { maxLength: 8 }), (text, cuts) => {
      const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
      const split = inPieces(pieces);
      expect(split).toEqual(splitReplies(text));
      if (split.replies.length === 0) expect(split.text).toBe(text);
      else expect(text.startsWith(split.text)).toBe(true);
    }),
  );
});
