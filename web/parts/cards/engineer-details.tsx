/** Technical detail, one click away and never in the sentence. */
import { useTranslations } from 'use-intl';
import { Icon } from '../icon.tsx';

export function EngineerDetails({ lines }: { readonly lines: readonly (readonly [string, string])[] }) {
  const t = useTranslations('cards');
  const width = Math.max(...lines.map(([name]) => name.length)) + 3;
  return (
    <details className="details">
      <summary>
        <Icon name="chev" small />
        {t('engineers')}
      </summary>
      <div className="details-body">
        <pre>{lines.map(([name, value]) => `${name.padEnd(width)}${value}`).join('\n')}</pre>
      </div>
    </details>
  );
}
