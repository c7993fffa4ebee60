/**
 * Where a screen cannot be drawn: its file could not be loaded, or it has a mistake. Everything around it goes on. The only
 * class of the page: React has no other way to catch this.
 */
import { Component, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';

interface MishapProps {
  readonly children: ReactNode;
}

export class Mishap extends Component<MishapProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

/** What could not be loaded once is not asked for again by the browser, so the whole page is. */
function Failed() {
  const t = useTranslations('trouble');
  return (
    <main id="main" className="main">
      <div className="page" role="alert">
        <div>
          <h1 className="title">{t('screen')}</h1>
          <p className="text">{t('screenHint')}</p>
          <div className="actions trouble-actions">
            <button className="btn btn--primary" type="button" onClick={() => window.location.reload()}>
              {t('reload')}
            </button>
          </div>
        </div>
      </div>
    </main>
  );
}
