/** Fields of any kind of record that are called so, by their old name or their new one: each leads to where it is shown. */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../../server/shapes/migrations.ts';
import { useFoundFields } from '../../../api/plan.ts';
import { useSettled } from '../change/use-settled.ts';
import { fieldWords } from '../fields/what-happens.ts';

interface FoundFieldsProps {
  readonly id: MigrationId;
  readonly find: string;
  readonly choose: (name: string, field: string) => void;
}

export function FoundFields({ id, find, choose }: FoundFieldsProps) {
  const t = useTranslations('plan.order');
  const { data: found } = useFoundFields(id, useSettled(find, 250));
  if (found === undefined || found.data.total === 0) return null;
  const { total, fields } = found.data;
  return (
    <div className="found-fields">
      <p className="small muted" role="status">
        {t(total > fields.length ? 'foundFieldsFirst' : 'foundFields', { count: fields.length, all: total })}
      </p>
      <ul>
        {fields.map((field) => (
          <li key={`${field.entity} ${field.from} ${field.to} ${field.stays}`}>
            <button
              type="button"
              className="link-btn"
              onClick={() =>
                choose(field.entity, field.stays === 'behind' ? '' : (field.from ?? field.to ?? ''))
              }
            >
              {t('fieldOf', { entity: field.title, field: fieldWords(field.to ?? field.from ?? '') })}
            </button>{' '}
            <span className="small muted">
              {t(`stays.${field.from === null ? 'new' : field.stays}`, { from: field.from ?? '' })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
