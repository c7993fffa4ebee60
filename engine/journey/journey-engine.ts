/** The engine without the functions that say a person's yes: what the journey, and so every tool and workflow, holds. */
import type { Engine } from '../contract/contract.ts';

export type JourneyEngine = Omit<
  Engine,
  'approve' | 'acceptSetAside' | 'decideApproval' | 'migrate' | 'close'
>;

/** A copy without them: the capability is missing, not forbidden. */
export function withoutConsent(engine: Engine): JourneyEngine {
  const {
    approve: _approve,
    acceptSetAside: _accept,
    decideApproval: _decide,
    migrate: _migrate,
    close: _close,
    ...rest
  } = engine;
  return rest;
}
