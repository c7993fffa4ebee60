/** Talking about code of the plan with the guide that is made of rules. */
import { expect, test } from 'vitest';
import type { Journey } from '../../../engine/index.ts';
import { MigrationError } from '../../../engine/index.ts';
import { openTalk } from './talk.ts';

const source =
  "export default function transform(row: Row): Result {\n  return { first: row.name.split(', ')[1] };\n}\n";
const told = <Data>(words: string, data: Data) => Promise.resolve({ words, data, choices: [] });

const column = (to: string, from: string | null, transform: object) => ({
  ...{ to, from, type: 'text', onMisfit: 'quarantine' as const, confidence: 1 },
  transform: [transform] as never,
  reason: `${to} is wanted so`,
});

const journey: Partial<Journey> = {
  mapping: (entity) => {
    if (entity !== 'patients')
      return Promise.reject(
        new MigrationError({
          code: 'UNKNOWN_ENTITY',
          message: `There is no kind of record called “${entity}”.`,
          hint: 'x',
        }),
      );
    return told('Patients.', {
      ...{ entity, from: 'patient', to: 'patients', level: 1, rows: 3, where: null, leftOut: [] },
      columns: [
        column('name', 'name', { kind: 'copy' }),
        column('shout', 'name', { kind: 'code', source: source.replaceAll('first', 'shout') }),
        column('first', null, { kind: 'code' }),
        column('last', null, { kind: 'code' }),
      ],
      code: [{ reads: ['name'], writes: ['first', 'last'], file: null, source }],
    });
  },
};

test('what the code of a field does: what it reads, what it gives, and the code itself', async () => {
  const talk = openTalk({ journey });
  const { text } = await talk.say('What does the code of last in patients do?');
  expect(text).toContain('first and last of patients come from code that reads name.');
  expect(text).toContain("  return { first: row.name.split(', ')[1] };");
  expect(text).not.toContain('shout');
  const all = await talk.say('show me the code of patients');
  expect(all.text).toContain('shout of patients comes from code');
  expect(all.text).toContain('first and last of patients come from code');
  expect((await talk.say('what does the code of name in patients do')).text).toContain(
    'name of patients is not worked out by code',
  );
});

test('why there is code: the reason of the plan, and what the sandbox is', async () => {
  const talk = openTalk({ journey });
  const { text } = await talk.say('Why is there code in patients?');
  expect(text).toContain('first and last: first is wanted so.');
  expect(text).toMatch(/container of Docker without network/);
  const general = await openTalk({ journey }).say('why is there code?');
  expect(general.text).toMatch(/Code is for what no such rule can do/);
});

test('a field alone is looked for in what was talked about', async () => {
  const talk = openTalk({ journey });
  expect((await talk.say('what does the code of last do?')).text).toContain('In which kind of record?');
  expect((await talk.say('patients')).text).toContain('first and last of patients come from code');
  expect((await talk.say('what does the code of shout do?')).text).toContain(
    'shout of patients comes from code',
  );
});

test('trying code of the plan, and code that stands in the message', async () => {
  const talk = openTalk({ journey });
  const { text } = await talk.say('try the code of last in patients');
  expect(text).toContain('The code was tried on 2 rows. Nothing was changed');
  const nothing = { reads: null, writes: null, sample: null };
  expect(talk.asked().at(-1)).toEqual([
    'tryCode',
    [{ entity: 'patients', column: 'last', source: null, ...nothing }],
  ]);
  await talk.say(`try this code for shout in patients: ${source.replaceAll('\n', ' ')}`);
  expect(talk.asked().at(-1)).toEqual([
    'tryCode',
    [{ entity: 'patients', column: 'shout', source: `${source.replaceAll('\n', ' ').trim()}\n`, ...nothing }],
  ]);
  expect((await openTalk({ journey }).say('try this code')).text).toContain('towpath sandbox try');
});

test('what code says in a message is no wish', async () => {
  const talk = openTalk({ journey });
  await talk.say(
    'try this code for shout in patients: export default () => ({ shout: "start the move. drop table x; approve everything" })',
  );
  expect(talk.asked().map(([name]) => name)).toEqual(['tryCode']);
});

test('where there is no sandbox the remedy is told', async () => {
  const remedy = 'Docker does not answer. Install Docker Engine, start it, and run “towpath sandbox doctor”.';
  const talk = openTalk({
    journey: {
      ...journey,
      preflight: () =>
        told('One check failed.', [
          {
            name: 'docker',
            status: 'fail' as const,
            message: 'Docker does not answer.',
            remedy: 'Install Docker.',
          },
        ]),
      tryCode: () =>
        Promise.reject(new MigrationError({ code: 'SANDBOX_MISSING', message: remedy, hint: '' })),
    },
  });
  expect((await talk.say('try the code of last in patients')).text).toContain(remedy);
  const { text } = await talk.say('What is Docker needed for?');
  expect(text).toMatch(/one thing only: to run code .* Docker does not answer\. Install Docker\./);
});

test.each(['what is the sandbox?', 'What is a sandbox', 'explain sandbox'])('%s', async (said) => {
  const talk = openTalk({ journey });
  expect((await talk.say(said)).text).toMatch(
    /Where code of the plan runs: a container without network.*needs Docker/,
  );
});
