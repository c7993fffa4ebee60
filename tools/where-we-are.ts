/** Where the journey stands. */
import { z } from 'zod';
import { journeyState } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { done } from './envelope.ts';

export const whereWeAre = defineTool({
  description:
    'Says where the migration stands: the step, what is in the new system now, what can be undone, what waits for a person, and what comes next. Use it first in every conversation, after anything was done, and whenever you are unsure. Needs nothing and changes nothing.',
  input: z.strictObject({}),
  data: journeyState,
  async run(_input, { journey, guide }) {
    const told = await journey.whereWeAre();
    // where the guide cannot be asked, the state of the move is still known
    const view = await guide.current().catch(() => null);
    const isMoving = told.data.run?.alive === true;
    if (view?.state !== 'working' || isMoving) return done(told);
    const [doing] = view.words.split('. ');
    return done({ ...told, words: `${doing}. ${told.words.replace(told.data.next, '').trim()}` });
  },
});
