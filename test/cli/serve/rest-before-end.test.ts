/** At the end of the page: the sample's move is paused, a move with databases of its own is not. */
import { expect, test } from 'vitest';
import { createContext } from '../../../cli/context.ts';
import { restBeforeEnd } from '../../../cli/serve/rest-before-end.ts';
import type { Desk } from '../../../server/migrations/migrations.ts';
import { createFakeGuide } from '../agents/fake-guide.ts';
import { atTerminal } from '../chat/at-terminal.ts';
import { fakeStatus } from '../fake-engine.ts';

test('only what ends with the page comes to a rest', async () => {
  const [own, sample] = [createFakeGuide(), createFakeGuide()];
  for (const fake of [own, sample]) fake.run = fakeStatus({ state: 'copying', alive: true });
  const terminal = atTerminal({ isTTY: false });
  await restBeforeEnd(createContext(terminal.world, {}), {
    at: (id) => ({ ...(id === 'own' ? own : sample).hand, endsWithUs: id === 'sample' }) as unknown as Desk,
  });
  expect(own.run).toMatchObject({ state: 'copying', alive: true });
  expect(sample.run).toMatchObject({ state: 'paused', alive: false });
  expect(terminal.screen()).toContain('comes to a rest first');
});

test('what is not open, or is gone, keeps the page from nothing', async () => {
  const gone = createFakeGuide();
  const journey = { ...gone.hand.journey, state: () => Promise.reject(new Error('away')) };
  const terminal = atTerminal({ isTTY: false });
  await restBeforeEnd(createContext(terminal.world, {}), {
    at: (id) => {
      if (id === 'own') throw new Error('Closed.');
      return { ...gone.hand, journey, endsWithUs: true } as unknown as Desk;
    },
  });
  expect(terminal.screen()).toBe('');
});
