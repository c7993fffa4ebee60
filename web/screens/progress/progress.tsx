/** How far the move is. Figures come from the run alone; while the server is not reached they stay and nothing claims to be live. */
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useRun } from '../../api/runs.ts';
import { Loading } from '../../parts/loading.tsx';
import { Trouble } from '../../shell/trouble.tsx';
import { BeforeMove } from './before-move.tsx';
import { RunScreen } from './run-screen.tsx';
import './progress.css';

export default function Progress({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('progress');
  const shell = useTranslations('shell');
  const run = useRun(id);
  if (run.isLoadingError) return <Trouble error={run.error} again={() => void run.refetch()} />;
  if (run.data === undefined) {
    return (
      <main id="main" className="main">
        <div className="page">
          <Loading title={shell('progress')} words={t('loading')} />
        </div>
      </main>
    );
  }
  return (
    <main id="main" className="main">
      {run.data === null ? <BeforeMove id={id} /> : <RunScreen id={id} run={run.data.data} />}
    </main>
  );
}
