/** The proof of the move: what was checked and what was not, every figure of it, and the signature beside it. */
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { Proof as Proven } from '../../../server/shapes/proof.ts';
import { useProof } from '../../api/proof.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { addressOf } from '../../shell/places.ts';
import { Trouble } from '../../shell/trouble.tsx';
import { Approvals } from './approvals.tsx';
import { Checked } from './checked.tsx';
import { Differences } from './differences.tsx';
import { Engineers } from './engineers.tsx';
import { useFullMoment } from './full-moment.ts';
import { Money } from './money.tsx';
import { NotInNew } from './not-in-new.tsx';
import { useOpenOnPaper } from './open-on-paper.ts';
import { Rows } from './rows.tsx';
import { Samples } from './samples.tsx';
import { SignOff } from './sign-off.tsx';
import './proof.css';
import './print.css';

export default function Proof({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('proof');
  const shell = useTranslations('shell');
  const proof = useProof(id);
  if (proof.isLoadingError) return <Trouble error={proof.error} again={() => void proof.refetch()} />;
  if (proof.data === undefined) {
    return (
      <main id="main" className="main">
        <div className="page">
          <Loading title={shell('proof')} words={t('loading')} />
        </div>
      </main>
    );
  }
  return (
    <main id="main" className="main">
      {proof.data === null ? <NothingYet id={id} /> : <Document id={id} proof={proof.data} />}
    </main>
  );
}

function NothingYet({ id }: { readonly id: MigrationId }) {
  const t = useTranslations('proof.empty');
  return (
    <div className="page">
      <section className="card stack">
        <h1 className="title">{t('title')}</h1>
        <p className="text muted">{t('text')}</p>
        <p className="actions">
          <Link className="btn btn--primary" href={addressOf(id, 'guide')}>
            {t('guide')}
          </Link>
        </p>
      </section>
    </div>
  );
}

function Document({ id, proof }: { readonly id: MigrationId; readonly proof: Proven }) {
  useOpenOnPaper();
  return (
    <div className="proof">
      <article className="doc stack-doc">
        <Head proof={proof} />
        <Differences proof={proof} />
        <Checked proof={proof} />
        <NotInNew id={id} proof={proof} />
        <Money proof={proof} />
        <Rows proof={proof} />
        <Samples proof={proof} />
        <Approvals proof={proof} />
        <Engineers proof={proof} />
      </article>
      <SignOff id={id} proof={proof} key={proof.runId} />
    </div>
  );
}

const icons = { pass: 'done', warn: 'unknown', fail: 'stop' } as const;

/** The sentence is the engine's own: it follows from the results and is not translated. */
function Head({ proof }: { readonly proof: Proven }) {
  const t = useTranslations('proof');
  const moment = useFullMoment();
  const { verdict, validation, migration, generatedAt } = proof;
  const when =
    validation === null
      ? t('head.asOf', { migration, at: moment(generatedAt) })
      : t('head.checked', { migration, at: moment(validation.at) });
  return (
    <header>
      <p className="label">{when}</p>
      <h1 className="verdict" lang="en">
        {verdict.sentence}
      </h1>
      <p className={`state state--${verdict.tone} verdict-tone`}>
        <Icon name={icons[verdict.tone]} small />
        {t(`head.tone.${verdict.tone === 'fail' && proof.differencesCount === 0 ? 'stopped' : verdict.tone}`)}
      </p>
      <p className="only-phone to-sign">
        <a className="btn btn--secondary btn--block" href="#sign">
          {t('head.toSign')}
        </a>
      </p>
    </header>
  );
}
