import { useTranslations } from 'use-intl';
import { type Column, fieldWords } from './what-happens.ts';

/** A field as people read it; those that every record has are called by what they are. */
export function useFieldName(): (column: Column) => string {
  const t = useTranslations('plan.fields.named');
  return ({ to, transform }) => {
    if (to === 'legacy_id') return t('oldNumber');
    if (transform.some(({ kind }) => kind === 'uuid')) return t('newNumber');
    if (transform.some(({ kind }) => kind === 'metadata')) return t('notes');
    return fieldWords(to);
  };
}
