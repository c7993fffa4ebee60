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
