/** Passwords stay behind, because a table that people read is no place for them; somebody has to agree. */
import { passwordsLeftOut } from '../../plan/passwords.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

export function askAboutPasswords({ entities }: SuggestedPlan, ask: Ask): void {
  for (const entity of entities)
    for (const { column, reason } of passwordsLeftOut(entity))
      ask({
        about: { entity: entity.name },
        text: `The passwords in ${column} of ${entity.name} would stay behind. Is that right?`,
        why: 'Whoever can read a record of the new table could read them too. People set a new one, or keep theirs through the users step.',
        required: true,
        choices: [
          {
            text: 'Yes, they stay behind',
            changes: [{ kind: 'put-source', entity: entity.name, source: column, into: 'left-out', reason }],
          },
          {
            text: 'No, keep them in the notes of each record',
            changes: [
              {
                kind: 'put-source',
                entity: entity.name,
                source: column,
                into: 'notes',
                reason: 'kept on request',
              },
            ],
          },
        ],
        recommended: 0,
        together: {
          key: 'passwords',
          subject: `${entity.name} (${column})`,
          text: (subjects) =>
            `The passwords in ${count(subjects.length, 'field')} would stay behind: ${someOf(subjects)}. Is that right?`,
        },
      });
}
