/** What does that word mean? */
import { z } from 'zod';
import { defineTool } from './definition.ts';
import { done } from './envelope.ts';
import { findTerm, terms } from './terms.ts';

export const explainTerm = defineTool({
  description:
    'Explains one word of the trade, such as quarantine or rehearsal, in plain words. Use it when somebody asks what a word means, rather than explaining from memory. Changes nothing.',
  input: z.strictObject({ term: z.string().describe('the word, as the person wrote it') }),
  data: z.object({ term: z.string(), meaning: z.string(), also: z.array(z.string()) }).nullable(),
  async run(input) {
    const found = findTerm(input.term);
    if (found !== null) {
      const { term, meaning, also } = found;
      return done({ words: meaning, data: { term, meaning, also: [...also] }, choices: [] });
    }
    return done({
      words: 'I have no explanation for that word. These I can explain.',
      data: null,
      choices: terms.slice(0, 12).map(({ term }) => term),
    });
  },
});
