/** Rows that do not fit the new system, one card a cause: how many, what follows, what would help, tried before it is done. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { QuarantineCard } from '../../../server/shapes/quarantine.ts';
import type { RunView } from '../../../server/shapes/runs.ts';
import { usePlan } from '../../api/plan.ts';
import { useProblems } from '../../api/problems.ts';
import { useRun } from '../../api/runs.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Refused } from '../../parts/refused.tsx';
import { addressOf } from '../../shell/places.ts';
import { CauseCard } from './cause-card.tsx';
import { headOf, type Moved, ordered, stoppedLevel } from './head-of.ts';
import { OpenRetries } from './open-retries.tsx';
import { waitingFor } from './waiting-for.ts';
import './problems.css';

export default function Problems({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('problems');
  const run = useRun(id);
  const problems = useProblems(id, run.data?.data.alive ?? false);
  const failed = problems.error ?? run.error;
  return (
    <main id="main" className="main">
      <div className="page problems">
        {problems.data !== undefined && run.data !== undefined ? (
          <Shown id={id} run={run.data?.data ?? null} cards={problems.data?.data ?? []} />
        ) : (
          <>
            <h1 className="title">{t('title')}</h1>
            {failed === null ? <Loading words={t('loading')} /> : <Refused error={failed} />}
          </>
        )}
      </div>
    </main>
  );
}

/** Of the causes: what stops the move and what concerns most rows stands first. */
const FIRST = 25;

interface ShownProps {
  readonly id: MigrationId;
  readonly run: RunView['data'] | null;
  readonly cards: readonly QuarantineCard[];
}

function Shown({ id, run, cards }: ShownProps) {
  const t = useTranslations('problems');
  const picture = usePlan(id).data?.data.picture ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [moved, setMoved] = useState<Moved | null>(null);
  const [showsAll, setShowsAll] = useState(false);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const head = headOf(run, cards);
  const stopped = run === null ? null : stoppedLevel(run);
  const sorted = ordered(run, cards);
  const shown = showsAll ? sorted : sorted.slice(0, FIRST);
  const inHand = sorted.some((card) => card.id === chosen) ? chosen : sorted[0]?.id;
  return (
    <>
      <div className="page-head">
        <div>
          <h1 className="title">{t(`head.${head.key}.title`, head.values)}</h1>
          <p className="text">{t(`head.${head.key}.text`, head.values)}</p>
        </div>
      </div>
      {moved === null ? null : (
        <p className={moved.differs ? 'note note--warn' : 'note note--pass'} role="status">
          <Icon name={moved.differs ? 'warn' : 'done'} />
          <span lang="en">{moved.words}</span>
        </p>
      )}
      {run === null ? null : <OpenRetries id={id} runId={run.runId} asked={asked} />}
      {shown.map((card) => {
        const entity = run?.entities.find(({ entity: name }) => name === card.entity);
        return (
          <CauseCard
            key={card.id}
            id={id}
            card={card}
            entity={entity ?? null}
            stops={stopped !== null && entity?.level === stopped.level}
            waiting={waitingFor(picture, card.entity)}
            isInHand={card.id === inHand}
            take={() => setChosen(card.id)}
            tellMoved={setMoved}
            tellAsked={(approval) => setAsked((before) => new Set([...before, approval]))}
          />
        );
      })}
      {shown.length === sorted.length ? null : (
        <div className="actions">
          <button className="btn btn--secondary" type="button" onClick={() => setShowsAll(true)}>
            {t('more', { count: sorted.length - shown.length })}
          </button>
        </div>
      )}
      {head.key === 'solved' || head.key === 'within' ? (
        <div className="actions">
          <Link className="btn btn--primary" href={addressOf(id, 'progress')}>
            {t('goOn')}
          </Link>
        </div>
      ) : stopped === null ? null : (
        <p className="text muted">
          {t('without')} <Link href={addressOf(id, 'progress')}>{t('withoutLink')}</Link>
        </p>
      )}
    </>
  );
}
