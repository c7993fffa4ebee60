/** A share as it is said: “39%”, “under 1%”, “over 99%”, in the reader's own way of writing numbers. */
import { useFormatter, useTranslations } from 'use-intl';
import type { Share } from './shares.ts';

export function useShare(): (share: Share) => string {
  const t = useTranslations('progress.share');
  const format = useFormatter();
  return ({ percent, is }) => {
    const value = format.number(percent / 100, { style: 'percent', maximumFractionDigits: 0 });
    return is === 'exact' ? value : t(is, { value });
  };
}
