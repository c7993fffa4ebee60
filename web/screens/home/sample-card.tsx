/** The sample in one click. */
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useOpenMigration } from '../../api/migrations.ts';
import { Refused } from '../../parts/refused.tsx';
import { WriteButton } from '../../parts/write-button.tsx';

export function SampleCard({ isFirst }: { readonly isFirst: boolean }) {
  const t = useTranslations('home.sample');
  const [, go] = useLocation();
  const open = useOpenMigration();
  return (
    <section className="card sample" aria-labelledby="h-sample">
      <div>
        <h2 className="card-title" id="h-sample">
          {t('title')}
        </h2>
        <p className="text muted">{t('text')}</p>
        <Refused error={open.error} />
      </div>
      <div className="sample-act">
        <WriteButton
          needs="operate"
          look={isFirst ? 'primary' : 'secondary'}
          busy={open.isPending}
          onPress={() => open.mutate('sample', { onSuccess: () => go('/sample/guide') })}
        >
          {t('start')}
        </WriteButton>
      </div>
    </section>
  );
}
