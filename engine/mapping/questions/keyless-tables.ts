/** Tables without a key may hold the same row twice, which may be a mistake or the truth. */
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

export function askAboutKeyless({ entities }: SuggestedPlan, ask: Ask): void {
  for (const { name, key, estimatedRows } of entities) {
    if (key.kind !== 'none' || estimatedRows === 0) continue;
    const setDedupe = (dedupe: boolean) => ({
      kind: 'set-entity' as const,
      entity: name,
      dedupe,
      financial: null,
      maxFailureRate: null,
    });
    ask({
      about: { entity: name },
      text: `${name} has no key, so the same record may stand there twice. Should all of them move?`,
      why: 'Nothing in the old database says whether equal records are one thing written twice or two things. Keeping all of them loses nothing.',
      required: false,
      choices: [
        { text: 'Keep all of them', changes: [setDedupe(false)] },
        { text: 'Keep one of several that are equal in everything', changes: [setDedupe(true)] },
      ],
      recommended: 0,
      together: {
        key: 'keyless',
        subject: name,
        text: (subjects) =>
          `${count(subjects.length, 'kind')} of records have no key, so the same record may stand there twice: ${someOf(subjects)}. Should all of them move?`,
      },
    });
  }
}
