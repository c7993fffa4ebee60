/** Rows that were set aside, by cause: tried with a change, moved after all, or shown as they are to an approver with a reason. */
import { z } from 'zod';
import { cardFacts, fixTrialFacts, retryFacts } from '../../engine/contract/facts.ts';
import { effect, nothingYet, told } from './told.ts';

export type QuarantineCard = z.infer<typeof cardFacts>;

export const quarantine = told(z.array(cardFacts));
export type Quarantine = z.infer<typeof quarantine>;

/** Before the first move nothing can have been set aside. */
export const quarantineAnswer = z.union([quarantine, nothingYet]);
export type QuarantineAnswer = z.infer<typeof quarantineAnswer>;

export const heldChoice = z.object({
  /** Ids of cards; empty: every one. */
  cards: z.array(z.string().min(1).max(64)).max(1000),
  /** With the changes of the plan that the cards suggest. */
  suggested: z.boolean(),
});
export type HeldChoice = z.infer<typeof heldChoice>;

export const fixTrial = told(fixTrialFacts);
export type FixTrial = z.infer<typeof fixTrial>;

export const retryAnswer = effect(retryFacts);
export type RetryAnswer = z.infer<typeof retryAnswer>;

export const revealRequest = z.object({
  /** Id of a card. */
  card: z.string().min(1).max(64),
  /** Stands in the audit log beside the approver's name. */
  reason: z.string().trim().min(3).max(500),
});
export type RevealRequest = z.infer<typeof revealRequest>;

/** Values as they are. Asking for them stands in the audit log before they are sent. */
export const revealed = z.object({
  card: z.string(),
  entity: z.string(),
  /** Of the old table; null: no single value did not fit. */
  column: z.string().nullable(),
  rows: z.array(
    z.object({
      legacyId: z.string(),
      /** The value that did not fit; null where no single one did not. */
      value: z.string().nullable(),
      /** The old row, only where no single value did not fit; null as well where it could not be kept. */
      row: z.record(z.string(), z.string().nullable()).nullable(),
    }),
  ),
  by: z.string(),
  at: z.string(),
});
export type Revealed = z.infer<typeof revealed>;
