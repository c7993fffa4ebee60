/**
 * What of the engine the journey holds, and so every tool and workflow: what it names here, nothing else. What says a
 * person's yes is not among it, nor what moves records in this process. The capability is missing, not forbidden.
 */
import type { CodeTrial, TryCodeOptions } from '../contract/code-trial.ts';
import type { Engine } from '../contract/contract.ts';
import type { ExplainOptions, RowExplanation } from '../contract/explain.ts';
import type { RetryOptions, RetryReport } from '../contract/quarantine.ts';
import type { PlanFile } from '../plan/plan-file.ts';

const held = [
  'preflight',
  'analyze',
  'lookAtTarget',
  'createPlan',
  'checkCode',
  'rehearse',
  'requestApproval',
  'approvals',
  'useApproval',
  'currentRun',
  'status',
  'requestPause',
  'requestCancel',
  'validate',
  'validation',
  'rollback',
  'causes',
  'causeCards',
  'tryFix',
  'recentEvents',
  'auditLog',
  'verifyAudit',
  'report',
  'cleanup',
] as const satisfies readonly (keyof Engine)[];

export interface JourneyEngine extends Pick<Engine, (typeof held)[number]> {
  /** Values by their form only: to see them is for a person at the command line. */
  tryCode(plan: PlanFile, options: Omit<TryCodeOptions, 'values'>): Promise<CodeTrial>;
  /** With an approval that a person gave, and never with one of its own. */
  retry(options: Omit<RetryOptions, 'approveAs'>): Promise<RetryReport>;
  explainRow(of: Omit<ExplainOptions, 'values'>): Promise<RowExplanation>;
}

/** A copy of just these. */
export function withoutConsent(engine: Engine): JourneyEngine {
  // entries lose which name has which type; the list above is where both come from
  const copy = Object.fromEntries(held.map((name) => [name, engine[name]])) as unknown as Pick<
    Engine,
    (typeof held)[number]
  >;
  return {
    ...copy,
    tryCode: (plan, options) => engine.tryCode(plan, { ...options, values: 'form' }),
    retry: (options) => engine.retry({ ...options, approveAs: null }),
    explainRow: (of) => engine.explainRow({ ...of, values: 'form' }),
  };
}
