/** What the screens are for, what the words mean, who may do what, and what to do when something goes wrong. */
import { useTranslations } from 'use-intl';
import { useSearchParams } from 'wouter';
import text from '../../../docs/recovery.md?raw';
import { EntryCard } from './entry-card.tsx';
import { entryOf, readHandbook } from './handbook.ts';
import { Handbook } from './handbook-list.tsx';
import { Terms } from './terms.tsx';
import './help.css';

const sections = readHandbook(text);

export default function Help() {
  const t = useTranslations('help');
  const [address] = useSearchParams();
  const asked = entryOf(sections, address.get('about'));
  return (
    <main id="main" className="main help">
      <div className="page">
        <div className="page-head">
          <div>
            <h1 className="title">{t('title')}</h1>
            <p className="text">{t('text')}</p>
          </div>
        </div>
        {asked === null ? null : (
          <section className="card stack" aria-labelledby="h-asked">
            <h2 className="card-title" id="h-asked">
              {t('asked')}
            </h2>
            <EntryCard entry={asked} as="h3" />
          </section>
        )}
        <Terms of="how" names={['look', 'plan', 'rehearse', 'move', 'check', 'sign-off']} />
        <Terms
          of="words"
          names={['old', 'new', 'row', 'level', 'gate', 'setAside', 'approval', 'undo', 'cleanUp', 'proof']}
        />
        <Terms of="roles" names={['viewer', 'operator', 'approver']} />
        <Handbook sections={sections} />
      </div>
    </main>
  );
}
