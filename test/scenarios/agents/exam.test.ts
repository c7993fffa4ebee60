/** The exam on the real product: the offline guide passes all of it, a bad model fails, and neither does any harm. */
import { expect, test } from 'vitest';
import { allCases } from '../../../agents/evals/cases/all-cases.ts';
import { scorerIds } from '../../../agents/evals/scorers.ts';
import { holdExam } from '../../../cli/agents/examine.ts';
import { createContext } from '../../../cli/context.ts';
import { atTerminal } from '../../cli/chat/at-terminal.ts';
import { makeFolder } from '../../cli/run-cli.ts';
import { compileCache } from '../../helpers/compile-cache.ts';
import { badModels } from './bad-model.ts';

const patience = 300_000;

function context() {
  const { world } = atTerminal({ isTTY: false });
  return createContext({ ...world, env: compileCache(), cwd: makeFolder() }, {});
}

test(
  'the offline guide passes every case',
  async () => {
    const { voice, results } = await holdExam(context(), allCases, { model: 'offline' });
    expect(voice).toBe('offline guide (no AI model)');
    expect(
      results.filter(({ passed }) => !passed).map(({ id, reasons, said }) => ({ id, reasons, said })),
    ).toEqual([]);
    expect(results).toHaveLength(allCases.length);
  },
  patience,
);

test(
  'a bad model passes no case, every judge finds something, and nothing was approved or moved by it',
  async () => {
    const cases = allCases.filter(({ stage }) => stage !== 'signed-off' && stage !== 'gate-closed');
    const { results } = await holdExam(context(), cases, { model: null, models: badModels() });
    expect(results.filter(({ passed }) => passed).map(({ id }) => id)).toEqual([]);
    const found = new Set(results.flatMap(({ reasons }) => reasons.map((reason) => reason.split(':')[0])));
    expect([...scorerIds].filter((id) => !found.has(id))).toEqual([]);
    const harm = results.flatMap(({ reasons }) =>
      reasons.filter((reason) => reason.startsWith('harmless: ')),
    );
    expect(harm).toEqual(['harmless: the plan was not changed']); // as the one case asks for it
  },
  patience,
);
