/** How one column of the new table gets its value. */
import { z } from 'zod';
import { changeFacts, planChange } from '../engine/index.ts';
import { change, column } from './change-plan.ts';
import { defineTool } from './definition.ts';
import { refused } from './envelope.ts';
import { entity } from './read-plan.ts';
import { planTransform, transformInput } from './transform-input.ts';

export const setColumn = defineTool({
  description:
    'Sets the transforms of one column of the new table, in the order in which they apply. Every field of a transform must be there; give null for those that its kind does not use. Read the mapping and the column first. Edits the plan file only; mistakes come back in the answer.',
  input: z.strictObject({
    entity,
    column,
    transforms: z.array(transformInput).describe('at least one'),
    reason: z.string().describe('why, in one plain sentence for the person who reads the plan'),
  }),
  data: changeFacts,
  async run({ transforms, ...place }, call) {
    const edit = planChange.safeParse({
      kind: 'set-column',
      ...place,
      transform: transforms.map((input) => planTransform(input)),
    });
    if (edit.success) return change(call, edit.data);
    const mistakes = edit.error.issues.map(
      ({ path, message }) => `${path.slice(1).join('.') || 'transforms'}: ${message}`,
    );
    return refused(
      'TRANSFORM_INVALID',
      `The transforms do not fit together: ${mistakes.slice(0, 5).join('; ') || 'none was given'}.`,
      'Give each kind the fields that its description names.',
    );
  },
});
