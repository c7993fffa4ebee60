/** What is said before anything was said. */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useGuide } from '../../api/guide.ts';

interface GreetingProps {
  readonly id: MigrationId;
  /** Nothing has been said yet. */
  readonly isFirst: boolean;
}

export function Greeting({ id, isFirst }: GreetingProps) {
  const t = useTranslations('guide');
  const guide = useGuide(id).data;
  if (!isFirst || guide?.state !== 'not-begun') return null;
  return (
    <div className="msg">
      <p className="msg-meta">
        <b>{t('title')}</b>
      </p>
      <p className="prose">{t(id === 'sample' ? 'helloSample' : 'hello')}</p>
    </div>
  );
}
