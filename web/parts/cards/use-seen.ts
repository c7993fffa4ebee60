/** Who looks at an approval, when, and beside which plan. */
import { useNow } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useMigration, useRole } from '../../api/migrations.ts';
import type { Seen } from './approval-standing.ts';

export function useSeen(id: MigrationId): Seen {
  const role = useRole();
  const now = useNow({ updateInterval: 30_000 });
  const planHash = useMigration(id).data?.journey?.plan?.hash ?? null;
  return { role, planHash, now };
}
