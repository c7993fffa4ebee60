import type { JourneyState } from '../../../engine/contract/journey-state.ts';

export function fakeState(more: Partial<JourneyState> = {}): JourneyState {
  return {
    step: 'rehearse',
    source: 'legacy on this machine',
    target: 'supabase on this machine',
    catalog: null,
    plan: null,
    rehearsal: null,
    run: null,
    validation: null,
    report: [],
    signedOff: null,
    approvals: [],
    inTarget: 'Nothing of this migration is in the new system.',
    undo: 'There is nothing to undo.',
    next: 'Next: rehearse.',
    ...more,
  };
}
