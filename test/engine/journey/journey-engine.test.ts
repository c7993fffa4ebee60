/** What the journey cannot do is not there to be done. */
import { expect, test } from 'vitest';
import { withoutConsent } from '../../../engine/journey/journey-engine.ts';
import { createFakeEngine } from '../../cli/fake-engine.ts';

test('nothing that says a yes, moves records here, or ends the engine is handed on', () => {
  const held = Object.keys(withoutConsent(createFakeEngine().engine));
  expect(held).toContain('useApproval');
  for (const name of ['approve', 'acceptSetAside', 'decideApproval', 'migrate', 'resume', 'close'])
    expect(held).not.toContain(name);
});

test('a retry from a conversation never brings a yes of its own', async () => {
  const fake = createFakeEngine();
  const held = withoutConsent(fake.engine);
  const wanted = { cards: [], validate: true, approveAs: 'a model' };
  await held.retry(wanted);
  expect(fake.asked.at(-1)).toMatchObject({ method: 'retry', values: [{ approveAs: null }] });
});
