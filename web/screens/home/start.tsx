/**
 * Three questions that begin a migration. The databases are those that are configured where Towpath runs: no password, key
 * or address is ever typed into the page.
 */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { MigrationSummary } from '../../../server/shapes/migrations.ts';
import { useConnectionTest, useOpenMigration } from '../../api/migrations.ts';
import { Loading } from '../../parts/loading.tsx';
import { Refused } from '../../parts/refused.tsx';
import { Hint } from '../../parts/words.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { resultOf } from './connection-result.ts';
import { HowMuch, OneOf } from './questions.tsx';
import { SideWords } from './side-words.tsx';

/** Given to the guide with the address: what was chosen here. */
export interface StartState {
  /** Begin by looking at the old database. */
  readonly look: true;
  readonly part: boolean;
}

interface StartProps {
  readonly own: MigrationSummary;
  /** Another button of the screen is the filled one. */
  readonly isSecond: boolean;
}

export function Start({ own, isSecond }: StartProps) {
  const t = useTranslations('home.start');
  const [, go] = useLocation();
  const open = useOpenMigration();
  const wasOpened = own.state === 'open' || own.state === 'trouble';
  const test = useConnectionTest('own', wasOpened);
  const [part, setPart] = useState(false);
  const checks = test.data?.data ?? [];
  const [source, target, both] = [
    resultOf(checks, 'source'),
    resultOf(checks, 'target'),
    resultOf(checks, 'both'),
  ];
  const fails =
    [source, target, both].some(({ tone }) => tone === 'fail') ||
    (test.data === undefined && own.state === 'trouble');
  const isTesting = own.state === 'opening' || open.isPending || test.isFetching;
  const state: StartState = { look: true, part };
  const begin = () => {
    if (own.state === 'closed') open.mutate('own');
    go('/own/guide', { state });
  };
  return (
    <section className="card start" aria-labelledby="h-start">
      <h2 className="card-title" id="h-start">
        {t('title')}
      </h2>
      <p className="text muted">{t('text')}</p>
      <form onSubmit={(e) => e.preventDefault()}>
        <OneOf legend={t('where')} name={own.source ?? t('noSource')}>
          <SideWords result={source} />
        </OneOf>
        <OneOf legend={t('to')} name={own.target ?? t('noTarget')}>
          <SideWords result={target} />
          <SideWords result={{ ...both, tone: both.problems.length === 0 ? 'unknown' : both.tone }} />
        </OneOf>
        <HowMuch part={part} change={setPart} />
        <div role="status" className="test-result">
          {isTesting ? <Loading words={t('testing')} /> : null}
          {own.problem === null || test.data !== undefined ? null : (
            <p className="small">
              <b className="strong">{own.problem.message}</b> <Hint text={own.problem.hint} />
            </p>
          )}
          {test.data === undefined || isTesting || fails ? null : (
            <p className="small muted">{test.data.words}</p>
          )}
        </div>
        <div className="start-buttons">
          <WriteButton
            needs="operate"
            block
            look={isSecond ? 'secondary' : 'primary'}
            because={fails ? t('notYet') : null}
            onPress={begin}
          >
            {t('look')}
          </WriteButton>
          <WriteButton
            needs="operate"
            look="quiet"
            busy={isTesting}
            onPress={() => (wasOpened ? void test.refetch() : open.mutate('own'))}
          >
            {t('test')}
          </WriteButton>
          <p className="small muted">{t('onlyReads')}</p>
        </div>
        <Refused error={open.error ?? test.error} />
        <p className="small muted start-help">{t('help')}</p>
      </form>
    </section>
  );
}
