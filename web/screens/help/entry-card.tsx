/** One entry of the handbook: what happened, what is in the new system, what to do. */
import { createElement } from 'react';
import { useTranslations } from 'use-intl';
import { type Entry, piecesOf } from './handbook.ts';

interface EntryCardProps {
  readonly entry: Entry;
  readonly as: 'h3' | 'h4';
}

export function EntryCard({ entry, as }: EntryCardProps) {
  const t = useTranslations('help.handbook');
  return (
    <article className="entry" lang="en">
      {createElement(as, { className: 'small-title' }, <Said text={entry.happened} />)}
      <dl className="facts">
        <div>
          <dt>{t('target')}</dt>
          <dd>
            <Said text={entry.target} />
          </dd>
        </div>
        <div>
          <dt>{t('next')}</dt>
          <dd>
            <Said text={entry.next} />
          </dd>
        </div>
        <div>
          <dt>{t('code')}</dt>
          <dd>
            <code>{entry.code}</code>
          </dd>
        </div>
      </dl>
    </article>
  );
}

function Said({ text }: { readonly text: string }) {
  return piecesOf(text).map((piece, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
    piece.kind === 'code' ? <code key={at}>{piece.text}</code> : piece.text,
  );
}
