/** Doors that are already drawn and lead nowhere yet. They say so; nothing happens behind them. */
import { z } from 'zod';
import { defineTool } from './definition.ts';
import { notBuiltYet } from './envelope.ts';

const nothing = z.strictObject({});

export const retryQuarantine = defineTool({
  description:
    'Not built yet: trying rows that were set aside once more. It answers that, in words for a person. Until then the way is to undo the move, change the plan, and move again.',
  input: nothing,
  data: z.null(),
  run: async () =>
    notBuiltYet(
      'Trying set-aside records again one by one is not built yet. They are kept whole, with the reason. To move them by another rule: undo the move, change the plan where it caused them, rehearse it, and move again.',
    ),
});

export const runSync = defineTool({
  description:
    'Not built yet: carrying over what changes in the old system after the migration. It answers that, in words for a person.',
  input: nothing,
  data: z.null(),
  run: async () =>
    notBuiltYet(
      'Keeping old and new in step after the move is not built yet. Until it is, what is entered in the old system after the move stays there.',
    ),
});
