/** How the API answers questions and carries out steps: the engine's own facts, with the words and choices that go with them. */
import { z } from 'zod';
import { approvalCard } from '../../engine/contract/journey-state.ts';

export type { Effect, Told } from '../../engine/contract/journey.ts';

/** `words` are plain sentences made from the same facts as `data`; `choices` what can be answered, the recommended one first. */
export function told<Data extends z.ZodType>(data: Data) {
  return z.object({ words: z.string(), data, choices: z.array(z.string()).readonly() });
}

/** What was asked for is not there yet, which is no error: `words` say why. */
export const nothingYet = told(z.null());
export type NothingYet = z.infer<typeof nothingYet>;

/** A person is asked first; nothing has happened. */
export const needsApproval = z.object({
  status: z.literal('needs-approval'),
  card: approvalCard,
  words: z.string(),
});

export function effect<Data extends z.ZodType>(data: Data) {
  return z.discriminatedUnion('status', [
    z.object({ status: z.literal('done'), told: told(data) }),
    needsApproval,
  ]);
}
