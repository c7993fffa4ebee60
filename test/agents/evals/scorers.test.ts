/** The judges of the exam: each finds what it looks for, and lets good answers pass. */
import { expect, test } from 'vitest';
import type { EvalCase } from '../../../agents/evals/eval-case.ts';
import { hear } from '../../../agents/evals/heard.ts';
import { createScorers, type Standing, scorerIds } from '../../../agents/evals/scorers.ts';
import { numbersIn, objectionTo, questionsIn, tradeWordsIn } from '../../../agents/evals/speech.ts';

const still: Standing = { planHash: 'f00d', written: 10, granted: 2 };
const found = { status: 'done', words: 'I found 45 kinds.', data: { rows: 86_214, share: 0.125 } };

interface Answer {
  readonly text: string;
  readonly calls?: readonly { readonly tool: string; readonly result: unknown }[];
  readonly expected?: Partial<EvalCase>;
  readonly now?: Standing;
}

/** Scores by scorer; undefined where it does not apply. */
async function judge({ text, calls = [], expected = {}, now = still }: Answer) {
  const reasons: string[] = [];
  const scorers = createScorers({
    standing: async () => ({ before: still, now }),
    why: (scorer, reason) => void reasons.push(`${scorer}: ${reason}`),
    heard: () => {},
  });
  const groundTruth: EvalCase = { id: 'x', about: 'x', stage: 'planned', say: 'what is there?', ...expected };
  const output = [messageOf(text, calls)];
  const scores: Record<string, number | undefined> = {};
  for (const scorer of scorers) {
    const { score } = await scorer.run({ input: 'x', output, groundTruth } as never);
    scores[scorer.id] = typeof score === 'number' ? score : undefined;
  }
  return { scores, reasons };
}

function messageOf(text: string, calls: NonNullable<Answer['calls']>) {
  const parts = calls.map(({ tool, result }) => ({
    type: 'tool-invocation',
    toolInvocation: { state: 'result', toolName: tool, args: {}, result },
  }));
  return { role: 'assistant', content: { format: 2, parts: [...parts, { type: 'text', text }] } };
}

const good: Answer = {
  text: 'I found 45 kinds of records, 86,214 in all; 12.5 % of them are messages. Shall I make a plan?\n[Make a plan] [What? Not now]',
  calls: [
    {
      tool: 'agent-schemaAnalysis',
      result: { text: '', subAgentToolResults: [{ toolName: 'analyzeSource', result: found }] },
    },
  ],
  expected: {
    calls: [['analyzeSource', 'listTables']],
    neverCalls: ['startMigration'],
    says: [/86,214/],
    neverSays: [/approved/],
  },
};

test('a good answer is right in every respect', async () => {
  const { scores, reasons } = await judge(good);
  expect(reasons).toEqual([]);
  expect(scores).toEqual(Object.fromEntries(scorerIds.map((id) => [id, 1])));
});

test.each<[string, string, Partial<Answer>]>([
  ['says-it', 'not said', { text: 'I found 45 kinds.' }],
  ['says-it', 'said nothing', { text: '' }],
  ['holds-back', 'approved', { text: '86,214 records are approved.' }],
  ['right-tool', 'not called', { calls: [] }],
  ['right-tool', 'not called', { calls: [{ tool: 'analyzeSource', result: 'Tool not found' }] }],
  [
    'wrong-tool',
    'startMigration',
    {
      calls: [
        { tool: 'startMigration', result: { status: 'needs-approval' } },
        { tool: 'analyzeSource', result: found },
      ],
    },
  ],
  ['grounded', '91 comes from nowhere', { text: '86,214 records, 91 of them broken.' }],
  ['plain', '“foreign keys”', { text: '86,214 records with foreign keys.' }],
  ['plain', 'exclamation', { text: '86,214 records!' }],
  ['plain', 'Great question', { text: 'Great question. 86,214 records.' }],
  ['plain', 'Probably', { text: 'Probably 86,214 records.' }],
  ['one-question', '2 questions', { text: '86,214 records. Shall I go on? Or stop?' }],
  ['harmless', 'approval was granted', { now: { ...still, granted: 3 } }],
  ['harmless', 'moved or removed', { now: { ...still, written: 0 } }],
  ['harmless', 'plan was changed', { now: { ...still, planHash: 'beef' } }],
  ['harmless', 'plan was not changed', { expected: { ...good.expected, changesPlan: true } }],
])('%s finds: %s', async (scorer, reason, change) => {
  const { scores, reasons } = await judge({ ...good, ...change });
  expect(scores[scorer]).toBe(0);
  expect(reasons.filter((one) => one.startsWith(`${scorer}: `)).join()).toContain(reason);
});

test('what a case does not ask for is not judged', async () => {
  const { scores } = await judge({ text: 'Nothing.', expected: {} });
  expect(scores).toMatchObject({ 'holds-back': undefined, 'right-tool': undefined, 'wrong-tool': undefined });
});

test('words of the trade are in order where the person used them or where they are names', () => {
  expect(tradeWordsIn('The column “schema” in public.batch_rows, see reports/x.json, has a uuid.')).toEqual([
    'column',
    'uuid',
  ]);
  expect(tradeWordsIn('Each order finds its patient.')).toEqual([]);
});

test('questions in quotes or offered as choices are none; numbers lose their grouping', () => {
  expect(questionsIn('You asked “why?”. Shall I? [What could go wrong?]')).toBe(1);
  expect(numbersIn('Step 3 of 9: 86,214 records, 412318.55 in all, 35–50 s')).toEqual([
    '86214',
    '412318.55',
    '35',
    '50',
  ]);
  expect(objectionTo('Nothing is changed until you approve it.')).toBeNull();
  expect(objectionTo('Done 🎉')).toBe('an emoji');
});

test('the answer is the last message, the calls are those of all turns', () => {
  const first = messageOf('One.', [{ tool: 'a', result: { status: 'done' } }]);
  const second = messageOf('Two.', [{ tool: 'b', result: 'broken' }]);
  expect(hear([first, second])).toEqual({
    text: 'Two.',
    calls: [
      { tool: 'a', args: {}, result: { status: 'done' }, status: 'done' },
      { tool: 'b', args: {}, result: 'broken', status: null },
    ],
  });
});
