/** A hint that names commands, told to somebody who has a page and no terminal. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nextOnPage } from '../../../server/views/next-on-page.ts';

test.each([
  [
    'Nothing was changed. Approve it again: towpath approve.',
    'Nothing was changed. Approve it again: the card in “Guide”.',
    'guide',
  ],
  [
    'Continue it with towpath resume run-7, or give it up with towpath cancel run-7.',
    'Continue it with “Go on” in “Progress”, or give it up with “Give the move up instead” in “Progress”.',
    'progress',
  ],
  [
    'towpath list shows the runs that are under way.',
    '“Progress” shows the runs that are under way.',
    'progress',
  ],
  [
    'Grant it usage. towpath preflight names what is missing.',
    'Grant it usage. The check of both databases in “Guide” names what is missing.',
    'guide',
  ],
  [
    'Accept them: towpath approve --run run-7 --reason "two words", then towpath resume run-7. Or undo: towpath rollback run-7 --preview',
    'Accept them: the card in “Guide”, then “Go on” in “Progress”. Or undo: “Undo the move” in “Progress”',
    'guide',
  ],
  [
    'Answer one with “towpath map answer 1 a”; the rest waits.',
    'Answer one with “Plan”; the rest waits.',
    'plan',
  ],
  [
    'See which: towpath quarantine list; and try again: towpath quarantine retry',
    'See which: “Problems”; and try again: “Problems”',
    'problems',
  ],
  ['Validate it first: towpath validate all run-7', 'Validate it first: the comparison in “Proof”', 'proof'],
])('%s', (hint, words, where) => {
  expect(nextOnPage(hint)).toEqual({ words, where });
});

test.each([
  'Take them elsewhere: towpath quarantine export',
  'Take it out first: towpath rollback run-7 --entities orders --preview',
  'Take out also what others changed: towpath rollback run-7 --force-changed --preview, then with --confirm.',
  'Put rows right with “towpath validate --fix --entities orders”; each finding shows its statement.',
  'Look which rows they are: towpath validate integrity --entities orders.',
  'Have a new plan made: towpath plan --force',
  'See what is missing with: towpath sandbox doctor',
  'Set SOURCE_DATABASE_URL in .env (“towpath init” writes one). “towpath demo” needs none.',
  'drop schema towpath cascade.',
])('what the page cannot do stays a command: %s', (hint) => {
  expect(nextOnPage(hint)).toEqual({ words: hint, where: null });
});

/** A command of which a piece is left would be no sentence. */
test('of the commands that the engine names, none is cut in two', () => {
  const engine = new URL('../../../engine', import.meta.url).pathname;
  const files = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const texts = files.flatMap((name) => [
    ...readFileSync(join(engine, name), 'utf8').matchAll(
      /(?:'[^'\n]*towpath [a-z][^'\n]*'|`[^`\n]*towpath [a-z][^`\n]*`)/g,
    ),
  ]);
  const hints = texts.map(([text]) => text.slice(1, -1).replace(/\$\{[^}]*\}/g, 'run-7'));
  expect(hints.length).toBeGreaterThan(50);
  for (const hint of hints) expect(nextOnPage(hint).words, hint).not.toMatch(/[”] (?:--|run-7|\d)/);
});
