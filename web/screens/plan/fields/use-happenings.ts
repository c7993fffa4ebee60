import { useTranslations } from 'use-intl';
import { type Column, happeningsOf } from './what-happens.ts';

/** What happens to a field, as one sentence. */
export function useHappenings(): (column: Pick<Column, 'transform'>) => string {
  const t = useTranslations('plan.happens');
  return (column) =>
    happeningsOf(column)
      .map(({ key, values }) => t(key as 'copy', values as Record<string, never>))
      .join(', ');
}
