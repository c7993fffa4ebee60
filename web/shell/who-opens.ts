/** A migration that this server has not opened is opened by whoever looks at it and may do so; others wait for one of them. */
import type { Session } from '../../server/shapes/access.ts';
import type { MigrationView } from '../../server/shapes/migrations.ts';

/** `nobody`: it is open, or being opened, or not known enough yet. */
export function whoOpens(
  state: MigrationView['state'] | undefined,
  { role, reached }: { readonly role: Session['visitor']['role'] | undefined; readonly reached: boolean },
): 'this-page' | 'others' | 'nobody' {
  if (state !== 'closed' || role === undefined) return 'nobody';
  if (role === 'viewer') return 'others';
  return reached ? 'this-page' : 'nobody';
}
