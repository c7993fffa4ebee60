/** The proof of a move: what was checked and holds, what was not, every figure of it, and the sign-off. */
import { z } from 'zod';
import { findingFacts } from '../../engine/contract/facts.ts';
import { approvalCard } from '../../engine/contract/journey-state.ts';
import { effect, nothingYet } from './told.ts';

/** An exact decimal, as text: money is never rounded. */
const amount = z.string();

const counts = {
  source: z.number(),
  leftOut: z.number(),
  setAside: z.number(),
  duplicates: z.number(),
  moved: z.number(),
  repaired: z.number(),
  /** Neither moved nor set aside nor left out. */
  missing: z.number(),
};

export const provenTable = z.object({
  name: z.string(),
  title: z.string(),
  level: z.number(),
  /** False: the move has not come to it, so that nothing of it is counted yet. */
  begun: z.boolean(),
  ...counts,
  compared: z.enum(['match', 'differs', 'could-not-check', 'not-compared']),
});
export type ProvenTable = z.infer<typeof provenTable>;

export const moneyLine = z.object({
  entity: z.string(),
  title: z.string(),
  column: z.string(),
  currency: z.string().nullable(),
  rows: amount,
  /** Of all rows of the old system. */
  source: amount,
  target: amount,
  /** Of rows set aside or changed: in neither comparison. */
  apart: amount,
  duplicates: amount.nullable(),
  /** Source less apart and duplicates: what the new system must hold. */
  moved: amount,
  difference: amount,
  months: z.number(),
  monthsThatDiffer: z.number(),
});
export type MoneyLine = z.infer<typeof moneyLine>;

export const causeLine = z.object({
  entity: z.string(),
  title: z.string(),
  column: z.string().nullable(),
  rows: z.number(),
  explanation: z.string(),
});
export type CauseLine = z.infer<typeof causeLine>;

/** One row of the old system beside what the new one holds; values masked. */
export const provenSample = z.object({
  entity: z.string(),
  title: z.string(),
  legacyId: z.string(),
  fields: z.array(
    z.object({ column: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});
export type ProvenSample = z.infer<typeof provenSample>;

/** A statement that anybody can run on the new database to see a figure again. */
export const recheck = z.object({
  entity: z.string(),
  check: z.string(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
  sql: z.string(),
});
export type Recheck = z.infer<typeof recheck>;

/** What whoever signs says to have read. */
export const signOffStatements = ['read-not-moved', 'read-not-checked'] as const;
export const signOffStatement = z.enum(signOffStatements);
export type SignOffStatement = z.infer<typeof signOffStatement>;

export const signOffState = z.object({
  /** `not-ready`: see `reason`. */
  state: z.enum(['not-ready', 'ready', 'signed']),
  reason: z.string().nullable(),
  /** Asked for and waiting for a person; null: nobody asked yet, which signing does. */
  card: z.union([approvalCard, z.null()]),
  /** Which statements have to be made, because there is something to have read. */
  statements: z.array(signOffStatement),
  /** Names this very proof; given back with the signature, it keeps a signature from counting for another one. */
  reading: z.string(),
  by: z.string().nullable(),
  at: z.string().nullable(),
  note: z.string().nullable(),
});
export type SignOffState = z.infer<typeof signOffState>;

export const reportFormat = z.enum(['html', 'json', 'md']);
export type ReportFormat = z.infer<typeof reportFormat>;

export const proof = z.object({
  runId: z.string(),
  migration: z.string(),
  planHash: z.string(),
  state: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  generatedAt: z.string(),
  verdict: z.object({ tone: z.enum(['pass', 'warn', 'fail']), sentence: z.string() }),
  validation: z
    .object({
      overallStatus: z.enum(['verified', 'differences', 'incomplete']),
      at: z.string(),
      rowsCompared: z.number(),
      valuesCompared: z.number(),
      checks: z.object({
        pass: z.number(),
        fail: z.number(),
        skipped: z.number(),
        couldNotCheck: z.number(),
      }),
    })
    .nullable(),
  held: z.array(z.string()),
  notChecked: z.array(z.string()),
  todo: z.array(z.string()),
  /** The first of them; `differencesCount` is all. */
  differences: z.array(findingFacts),
  differencesCount: z.number(),
  totals: z.object(counts),
  tables: z.array(provenTable),
  setAside: z.array(causeLine),
  repaired: z.array(causeLine),
  money: z.array(moneyLine),
  samples: z.array(provenSample),
  /** In the order of time. */
  approvals: z.array(
    z.object({
      approver: z.string(),
      action: z.string(),
      /** What was approved, in words. */
      title: z.string(),
      at: z.string(),
      reason: z.string().nullable(),
      planHash: z.string(),
    }),
  ),
  excluded: z.array(z.object({ table: z.string(), reason: z.string() })),
  rechecks: z.array(recheck),
  signOff: signOffState,
  /** Below /api/v1/migrations/{id}. */
  reports: z.array(z.object({ format: reportFormat, path: z.string() })),
});
export type Proof = z.infer<typeof proof>;

/** Before the first move there is nothing to prove. */
export const proofAnswer = z.union([proof, nothingYet]);
export type ProofAnswer = z.infer<typeof proofAnswer>;

export const signOffRequest = z.object({
  /** As typed for a signature. The approval is recorded under the name of the session; this one stands beside it. */
  name: z.string().trim().min(2).max(200),
  note: z.string().trim().max(2000).default(''),
  statements: z.array(signOffStatement).max(signOffStatements.length),
  /** `signOff.reading` of the proof that was read. */
  reading: z.string().max(100),
});
export type SignOffRequest = z.input<typeof signOffRequest>;

export const signOffAnswer = effect(approvalCard);
export type SignOffAnswer = z.infer<typeof signOffAnswer>;
