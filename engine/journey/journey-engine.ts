/**
 * What of the engine the journey holds, and so every tool and workflow: what it names here, nothing else. What says a
 * person's yes is not among it, nor what moves records in this process. The capability is missing, not forbidden.
 */
import type { Engine } from '../contract/contract.ts';

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
  'findRow',
  'recentEvents',
  'report',
  'cleanup',
] as const satisfies readonly (keyof Engine)[];

export type JourneyEngine = Pick<Engine, (typeof held)[number]>;

/** A copy of just these. */
export function withoutConsent(engine: Engine): JourneyEngine {
  // entries lose which name has which type; the list above is where both come from
  return Object.fromEntries(held.map((name) => [name, engine[name]])) as unknown as JourneyEngine;
}
