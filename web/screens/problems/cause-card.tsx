/** One cause: how many rows of how many, what is wrong, what follows from it, what would help, and what is lost by that. */
import { useId, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { QuarantineCard } from '../../../server/shapes/quarantine.ts';
import type { EntityProgress } from '../../../server/shapes/runs.ts';
import { useRole } from '../../api/migrations.ts';
import { EngineerDetails } from '../../parts/cards/engineer-details.tsx';
import { Icon } from '../../parts/icon.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { CauseFix } from './cause-fix.tsx';
import { fieldOf, titleKeyOf } from './cause-title.ts';
import { RevealDialog } from './reveal-dialog.tsx';
import { type FixTold, useFix } from './use-fix.ts';

interface CauseCardProps extends FixTold {
  readonly id: MigrationId;
  readonly card: QuarantineCard;
  readonly entity: EntityProgress | null;
  /** The move waits at the gate of its level. */
  readonly stops: boolean;
  /** Kinds of records that point to these. */
  readonly waiting: readonly string[];
  /** The one that has the filled button. */
  readonly isInHand: boolean;
  readonly take: () => void;
}

export function CauseCard(props: CauseCardProps) {
  const { id, card, entity, stops, waiting, isInHand, take } = props;
  const t = useTranslations('problems.card');
  const heading = useId();
  const [reveals, setReveals] = useState(false);
  const title = entity?.title ?? fieldOf(card.entity);
  const role = useRole();
  const samples = [...new Set(card.samples)];
  const fix = useFix(id, card, props);
  // the approval in it is what waits then
  const calls = stops && isInHand && role !== 'viewer' && fix.approval?.state !== 'requested';
  return (
    <article className={calls ? 'card card--waiting cause' : 'card cause'} aria-labelledby={heading}>
      <div className="card-head">
        {calls ? (
          <span className="flag">
            <Icon name="flag" small />
            {t('waiting')}
          </span>
        ) : (
          <span className={stops ? 'tag tag--fail' : 'tag tag--warn'}>
            <Icon name={stops ? 'stop' : 'warn'} small />
            {t(stops ? 'stops' : 'stopsNot')}
          </span>
        )}
        <span className="small muted">
          {entity === null
            ? t('rowsOnly', { title, rows: card.rows })
            : t('rows', { title, rows: card.rows, all: entity.rowsTotal })}
        </span>
      </div>
      <h2 className="card-title" id={heading}>
        {t(`title.${titleKeyOf(card.reason)}`, { rows: card.rows, field: fieldOf(card.column ?? '') })}
      </h2>
      <p className="text" lang="en">
        {card.explanation}
      </p>
      <p className="text muted">
        {t('consequence', { rows: card.rows })} {waiting.length === 0 ? null : <Pointing titles={waiting} />}
      </p>
      {samples.length === 0 ? null : (
        <div className="cause-samples">
          <h3 className="small-title">{t('samples', { count: samples.length, all: card.rows })}</h3>
          <ul>
            {samples.map((sample) => (
              <li key={sample} className="masked">
                {sample}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="card-foot">
        <span className="state small">
          <Icon name="hidden" small />
          {t('hidden')}
        </span>
        {role === 'approver' ? (
          <WriteButton needs="approve" look="quiet" onPress={() => setReveals(true)}>
            {t('reveal')}
          </WriteButton>
        ) : null}
      </p>
      <CauseFix id={id} card={card} fix={fix} isInHand={isInHand} take={take} />
      <EngineerDetails lines={linesOf(card)} />
      {reveals ? <RevealDialog id={id} card={card} title={title} close={() => setReveals(false)} /> : null}
    </article>
  );
}

/** Named as far as they can be taken in; everything points to a table of people. */
const NAMED = 5;

function Pointing({ titles }: { readonly titles: readonly string[] }) {
  const t = useTranslations('problems.card');
  const format = useFormatter();
  const rest = titles.length - NAMED;
  const named = rest > 1 ? [...titles.slice(0, NAMED), t('others', { rest })] : titles;
  return t('pointing', { list: format.list(named, { type: 'conjunction' }) });
}

function linesOf({ id, entity, column, reason, form }: QuarantineCard): (readonly [string, string])[] {
  const lines: (readonly [string, string | null])[] = [
    ['card', id],
    ['field', column === null ? entity : `${entity}.${column}`],
    ['reason', reason],
    ['form', form],
    ['command', `towpath quarantine try ${id}`],
  ];
  return lines.filter((line): line is readonly [string, string] => line[1] !== null);
}
