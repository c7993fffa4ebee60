/** Every refusal and failure of the API: `application/problem+json`, RFC 9457, with the code and hint that every error of Towpath has. */
import { z } from 'zod';

export const problem = z
  .object({
    type: z.literal('about:blank'),
    /** Of HTTP. */
    status: z.number().int(),
    /** What happened, in plain words. */
    title: z.string(),
    code: z.string(),
    /** What to do next. */
    hint: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
