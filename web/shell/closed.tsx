/** A migration that is not open yet: being opened, waiting for somebody who may open it, not begun, or why it could not be opened. */
import { useTranslations } from 'use-intl';
import type { MigrationView } from '../../server/shapes/migrations.ts';
import { useRole } from '../api/migrations.ts';
import { Loading } from '../parts/loading.tsx';
import { WriteButton } from '../parts/write-button.tsx';
import { Trouble } from './trouble.tsx';
import type { whoOpens } from './who-opens.ts';

interface ClosedProps {
  /** Of the screen that comes. */
  readonly title: string;
  readonly view: MigrationView | undefined;
  readonly opener: ReturnType<typeof whoOpens>;
  /** Asks the server again how it stands. */
  readonly look: () => void;
  readonly open: () => void;
}

export function Closed({ title, view, opener, look, open }: ClosedProps) {
  const t = useTranslations('frame');
  const mayOpen = useRole() !== 'viewer';
  if (view?.problem)
    return (
      <Trouble
        error={new Error(view.problem.message)}
        hint={view.problem.hint}
        code={view.problem.code}
        again={mayOpen ? open : look}
      />
    );
  return (
    <main id="main" className="main">
      <div className="page">
        {view?.state === 'not-made' ? (
          <NotMade open={open} />
        ) : opener === 'others' ? (
          <>
            <h1 className="title">{t('notOpen')}</h1>
            <p className="text">{t('notOpenText')}</p>
          </>
        ) : (
          <Loading title={title} words={t(view?.state === 'opening' ? 'opening' : 'loading')} />
        )}
      </div>
    </main>
  );
}

/** An address of the sample that nobody has made yet. */
function NotMade({ open }: Pick<ClosedProps, 'open'>) {
  const t = useTranslations('home.sample');
  return (
    <div>
      <h1 className="title">{t('title')}</h1>
      <p className="text">{t('text')}</p>
      <div className="actions trouble-actions">
        <WriteButton needs="operate" onPress={open}>
          {t('start')}
        </WriteButton>
      </div>
    </div>
  );
}
