/** Every level with its bar and what its gate says; the one that the run is at stands out. */
import { useTranslations } from 'use-intl';
import type { LevelProgress, RunView } from '../../../server/shapes/runs.ts';
import { Icon } from '../../parts/icon.tsx';
import { Bar } from './bar.tsx';
import { EveryEntity } from './every-entity.tsx';
import { partsOfLevel } from './parts-of-run.ts';
import type { Phase } from './phase.ts';
import { useShare } from './share-words.ts';
import { sharesOf } from './shares.ts';

interface LevelsProps {
  readonly run: RunView['data'];
  readonly phase: Phase;
  /** Number of the level that it is at; null: none any more. */
  readonly now: number | null;
}

const NAMED = 2;

export function Levels({ run, phase, now }: LevelsProps) {
  const t = useTranslations('progress.levels');
  const largestFirst = [...run.entities].sort((a, b) => b.rowsTotal - a.rowsTotal);
  return (
    <section className="card" aria-labelledby="h-lv">
      <div className="card-head">
        <h2 className="card-title" id="h-lv">
          {now === null ? t('all', { levels: run.levels }) : t('title', { level: now, levels: run.levels })}
        </h2>
        <span className="small muted">{t('waits')}</span>
      </div>
      <ol className="lvs">
        {run.byLevel.map((level) => (
          <Level
            key={level.level}
            level={level}
            names={largestFirst.filter((one) => one.level === level.level).map(({ title }) => title)}
            phase={phase}
            isNow={level.level === now}
          />
        ))}
      </ol>
      <EveryEntity run={run} />
    </section>
  );
}

interface LevelProps {
  readonly level: LevelProgress;
  readonly names: readonly string[];
  readonly phase: Phase;
  readonly isNow: boolean;
}

function Level({ level, names, phase, isNow }: LevelProps) {
  const t = useTranslations('progress.levels');
  const share = useShare();
  const [done] = sharesOf([level.rowsDone], level.rowsTotal);
  const said = share(done!);
  const state = level.state === 'passed' ? 'passed' : stateOf(level, phase);
  const rest = names.length - NAMED;
  return (
    <li className={isNow ? 'lv is-now' : 'lv'} {...(isNow ? { 'aria-current': 'step' as const } : {})}>
      <span className="lv-n">
        <span className="hide">{t('level')} </span>
        {level.level}
      </span>
      <span className="lv-name">
        {names.slice(0, NAMED).join(', ')}
        {rest > 0 ? t('more', { rest }) : null}
      </span>
      <Bar
        parts={partsOfLevel(level)}
        label={t(`bar.${state === 'passed' ? 'passed' : level.state === 'to-do' ? 'toDo' : 'copied'}`, {
          level: level.level,
          share: said,
        })}
      />
      <span className="lv-rows">{t('rows', { rows: level.rowsTotal })}</span>
      <span className="lv-gate">
        <GateState state={state} share={said} />
      </span>
    </li>
  );
}

type GateWords = 'passed' | 'copying' | 'finishing' | 'checking' | 'closed' | 'still' | 'to-do';

/** A level that stands still has not failed: it may be paused. */
function stateOf({ state, rowsDone, rowsTotal }: LevelProgress, phase: Phase): Exclude<GateWords, 'passed'> {
  if (state === 'stopped') return phase === 'gate' ? 'closed' : 'still';
  if (state === 'copying' && rowsDone >= rowsTotal) return 'finishing';
  return state === 'passed' ? 'checking' : state;
}

function GateState({ state, share }: { readonly state: GateWords; readonly share: string }) {
  const t = useTranslations('progress.levels.gate');
  const words = t(state, { share });
  if (state === 'passed' || state === 'closed') {
    return (
      <span className={`state small state--${state === 'passed' ? 'pass' : 'fail'}`}>
        <Icon name={state === 'passed' ? 'check' : 'stop'} small />
        {words}
      </span>
    );
  }
  const isRunning = state === 'copying' || state === 'finishing' || state === 'checking';
  const look = isRunning ? 'state small strong lv-run' : 'small muted';
  return <span className={look}>{words}</span>;
}
