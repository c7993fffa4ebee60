/** Doors that are already drawn and lead nowhere yet. They say so; nothing happens behind them. */
import { z } from 'zod';
import { defineTool } from './definition.ts';
import { notBuiltYet } from './envelope.ts';

const nothing = z.strictObject({});

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
