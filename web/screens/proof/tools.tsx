/** Taking the report along: on paper, as a page, as data. */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { Proof } from '../../../server/shapes/proof.ts';
import { reportAddress } from '../../api/proof.ts';
import { Icon } from '../../parts/icon.tsx';

interface ToolsProps {
  readonly id: MigrationId;
  readonly proof: Proof;
}

export function Tools({ id, proof: { reports } }: ToolsProps) {
  const t = useTranslations('proof.tools');
  return (
    <section className="sign-tools" aria-label={t('region')}>
      <button className="btn btn--secondary" type="button" onClick={() => window.print()}>
        <Icon name="print" small />
        {t('print')}
      </button>
      {reports
        .filter(({ format }) => format !== 'md')
        .map(({ format, path }) => (
          <a className="btn btn--secondary" key={format} href={reportAddress(id, path)} download>
            <Icon name="down-file" small />
            {t(`download.${format}`)}
          </a>
        ))}
    </section>
  );
}
