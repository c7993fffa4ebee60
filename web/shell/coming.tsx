/** A screen whose file is being loaded: its heading is there before it. */
import { useTranslations } from 'use-intl';
import { Loading } from '../parts/loading.tsx';

export function Coming({ title }: { readonly title: string }) {
  const t = useTranslations('frame');
  return (
    <main id="main" className="main">
      <Loading words={t('loading')} title={title} />
    </main>
  );
}
