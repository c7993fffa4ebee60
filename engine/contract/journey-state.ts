/** Where a journey stands and what it waits for, as data: for whoever keeps it, shows it or checks it. */
import { z } from 'zod';
import { approvalActions } from './approvals.ts';

/** In this order; `sign-off` done means the journey has arrived. */
export const journeySteps = [
  'connect',
  'preflight',
  'analyse',
  'plan',
  'rehearse',
  'migrate',
  'validate',
  'report',
  'sign-off',
  'done',
] as const;
export const journeyStep = z.enum(journeySteps);
export type JourneyStep = z.infer<typeof journeyStep>;

export const choice = z.object({ id: z.string(), label: z.string() });

export const approvalCard = z
  .object({
    id: z.string(),
    action: z.enum(approvalActions),
    state: z.enum(['requested', 'granted', 'declined', 'used', 'expired']),
    title: z.string(),
    effect: z.array(z.string()).readonly(),
    maxRows: z.number(),
    reversible: z.object({ answer: z.enum(['yes', 'partly', 'no']), how: z.string() }),
    inTarget: z.string(),
    needsReason: z.boolean(),
    planHash: z.string(),
    sourceFingerprint: z.string().nullable(),
    targetFingerprint: z.string().nullable(),
    runId: z.string().nullable(),
    requestedBy: z.string(),
    requestedAt: z.string(),
    expiresAt: z.string(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ApprovalCard' });

/** What a workflow waits for. Answered by a person; an approval card only by deciding the approval it shows. */
export const journeyCard = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('question'),
    step: journeyStep,
    title: z.string(),
    text: z.string(),
    choices: z.array(choice).min(1),
    /** Id of the recommended choice; it comes first. */
    recommended: z.string(),
  }),
  z.object({ kind: z.literal('approval'), step: journeyStep, approval: approvalCard }),
  z.object({
    kind: z.literal('problem'),
    step: journeyStep,
    title: z.string(),
    text: z.string(),
    problems: z.array(z.object({ what: z.string(), remedy: z.string() })),
    choices: z.array(choice).min(1),
    recommended: z.string(),
  }),
]);
export type JourneyCard = z.infer<typeof journeyCard>;

export const runFacts = z.object({
  runId: z.string(),
  state: z.string(),
  alive: z.boolean(),
  /** How many levels have passed their gates. */
  level: z.number(),
  levels: z.number(),
  totalRecords: z.number(),
  written: z.number(),
  /** Records that are the same as another one that moves; absent: none. */
  duplicates: z.number().optional(),
  repaired: z.number(),
  setAside: z.number(),
  /** True when the run waits at a closed gate. */
  gateClosed: z.boolean(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type RunFacts = z.infer<typeof runFacts>;

export const journeyState = z.object({
  step: journeyStep,
  source: z.string().nullable(),
  target: z.string().nullable(),
  catalog: z
    .object({ tables: z.number(), rows: z.number(), takenAt: z.string(), fingerprint: z.string() })
    .nullable(),
  plan: z
    .object({
      hash: z.string(),
      migration: z.string(),
      entities: z.number(),
      levels: z.number(),
      rows: z.number(),
      excluded: z.number(),
      seconds: z.number(),
      mistakes: z.number(),
      /** Questions that must still be answered. */
      questions: z.number(),
    })
    .nullable(),
  rehearsal: z
    .object({
      planHash: z.string(),
      status: z.enum(['passed', 'failed']),
      rows: z.number(),
      setAside: z.number(),
      kindsSetAside: z.array(z.string()).optional(),
      seconds: z.object({ low: z.number(), likely: z.number(), high: z.number() }),
    })
    .nullable(),
  run: runFacts.nullable(),
  validation: z
    .object({
      overallStatus: z.enum(['verified', 'differences', 'incomplete']),
      rowsCompared: z.number(),
      issues: z.number(),
      notVerified: z.array(z.string()),
    })
    .nullable(),
  /** Files of the last report, as shown to a person. */
  report: z.array(z.string()),
  signedOff: z.object({ by: z.string(), at: z.string() }).nullable(),
  /** Waiting for a person. */
  approvals: z.array(approvalCard),
  /** One sentence each. */
  inTarget: z.string(),
  undo: z.string(),
  next: z.string(),
});
export type JourneyState = z.infer<typeof journeyState>;
