/** Who is on the other side. A role may do all that the roles before it may. */
import { z } from 'zod';

export const roles = ['viewer', 'operator', 'approver'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const visitor = z.object({
  /** As it will stand in approvals, the audit log and the report. */
  name: z.string(),
  role,
});
export type Visitor = z.infer<typeof visitor>;

/** What the page needs to know before anything else. */
export const session = z.object({
  visitor,
  /** A model's name, or “offline guide (no AI model)”. */
  voice: z.object({ name: z.string(), offline: z.boolean() }),
  version: z.string(),
  /** True where a database of one's own is configured. */
  configured: z.boolean(),
});
export type Session = z.infer<typeof session>;

/** The printed token, a person's own, or one of Supabase Auth. */
export const credential = z.object({ token: z.string().min(1).max(4096) });

export const signedOut = z.object({ signedOut: z.literal(true) });
