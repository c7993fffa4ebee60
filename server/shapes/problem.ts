/** Every refusal and failure of the API: `application/problem+json`, RFC 9457, with the code and hint that every error of Towpath has. */
import { z } from 'zod';

export const screenNames = ['guide', 'plan', 'progress', 'problems', 'proof'] as const;
export type ScreenName = (typeof screenNames)[number];

export const problem = z
  .object({
    type: z.literal('about:blank'),
    /** Of HTTP. */
    status: z.number().int(),
    /** What happened, in plain words. */
    title: z.string(),
    code: z.string(),
    /** What to do next; what the page can do is named as it is on the page. */
    hint: z.string(),
    /** The screen on which the hint is followed; absent: none in particular. */
    where: z.enum(screenNames).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
