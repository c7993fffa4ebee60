/** A plan with open questions is neither approved, asked for, nor run; an answer that changes nothing leaves the yes as it is. */
import { expect, test } from 'vitest';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { planHash } from '../../../engine/plan/plan-hash.ts';
import { openOffice } from './moving-office.ts';

const asking = (plan: PlanFile, answer: 'a' | 'b' | null, applied: 'a' | 'b' = 'a'): PlanFile => ({
  ...plan,
  questions: [
    {
      number: 1,
      about: {},
      text: 'Is it so?',
      why: 'Nobody knows.',
      required: true,
      choices: [
        { id: 'a', text: 'Yes', changes: [] },
        { id: 'b', text: 'No', changes: [] },
      ],
      recommended: 'a',
      answer,
      applied,
    },
  ],
});

test('neither approved, asked for, nor run while one is open or its answer is not in the plan', async () => {
  const { engine, plan, migrate, rows } = await openOffice();
  for (const [open, words] of [
    [asking(plan, null), 'Question 1: Is it so?'],
    [asking(plan, 'b'), 'does not follow it yet'],
  ] as const) {
    const refused = { code: 'PLAN_HAS_QUESTIONS', message: expect.stringContaining(words) };
    await expect(engine.approve(open, { approver: 'Marta' })).rejects.toMatchObject(refused);
    for (const wish of [{ action: 'migrate' } as const, { action: 'rehearse', sample: 10 } as const])
      await expect(engine.requestApproval({ ...wish, plan: open }, 'test')).rejects.toMatchObject(refused);
    await expect(migrate({ approveAs: 'Marta' }, open)).rejects.toMatchObject(refused);
  }
  expect(await rows('teams')).toBe(0);
  expect(await engine.runs()).toEqual([]);
});

test('answered, the card says so, and the hash is of what the plan does', async () => {
  const { engine, plan, migrate } = await openOffice();
  const answered = asking(plan, 'a');
  expect(planHash(answered)).toBe(planHash(asking(plan, null)));
  const card = await engine.requestApproval({ action: 'migrate', plan: answered }, 'test');
  expect(card.effect.join(' ')).toContain('1 question about the plan is answered: 1, Yes.');
  expect(await migrate({ approveAs: 'Marta', maxFailureRate: 1 }, answered)).toMatchObject({ error: null });
});
