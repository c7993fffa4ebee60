/** One question with its answers. Choosing sends nothing; only “Use this answer” does. */
import { type ReactNode, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useMay } from '../../api/migrations.ts';
import { Icon } from '../icon.tsx';
import { Refused } from '../refused.tsx';
import { WriteButton } from '../write-button.tsx';
import { CardTitle } from './card-title.tsx';

export interface Answer {
  readonly id: string;
  readonly label: string;
  readonly why?: string | undefined;
}

interface QuestionCardProps {
  readonly title: string;
  readonly text?: ReactNode;
  /** What it is about, beside the mark. */
  readonly about?: string | null;
  /** The recommended one first. */
  readonly answers: readonly Answer[];
  readonly recommended: string | null;
  /** Others than an answer: to put it off, to take what is recommended for everything. */
  readonly others?: readonly Answer[];
  readonly note?: string | null;
  /** Where there is more to see before one answers. */
  readonly link?: { readonly href: string; readonly words: string } | null;
  readonly arrived?: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly mark?: 'waiting' | 'problem';
  readonly onAnswer: (id: string) => void;
}

export function QuestionCard(props: QuestionCardProps) {
  const { title, text, about, answers, recommended, others = [], note, link, busy, error, onAnswer } = props;
  const t = useTranslations('question');
  const name = useId();
  const account = useId();
  const may = useMay();
  const [chosen, setChosen] = useState(recommended ?? answers[0]?.id ?? null);
  return (
    <article className="card card--waiting chat-card" aria-labelledby={name}>
      <div className="card-head">
        <Mark mark={props.mark ?? 'waiting'} />
        {about ? <span className="small muted">{about}</span> : null}
      </div>
      <fieldset>
        <CardTitle
          as="legend"
          id={name}
          text={title}
          arrived={props.arrived ?? false}
          {...(text ? { describedBy: account } : {})}
        />
        {text ? (
          <div
            id={account}
            className="text question-text"
            {...(typeof text === 'string' ? { lang: 'en' } : {})}
          >
            {text}
          </div>
        ) : null}
        <div className="options">
          {answers.map(({ id, label, why }) => (
            <label className="choice" key={id}>
              <input
                type="radio"
                name={name}
                value={id}
                checked={chosen === id}
                disabled={!may.operate}
                onChange={() => setChosen(id)}
              />
              <span className="choice-text">
                <span className="choice-name">
                  <span lang="en">{label}</span>{' '}
                  {id === recommended ? <span className="tag">{t('recommended')}</span> : null}
                </span>
                {why === undefined ? null : <span className="choice-why">{t('why', { why })}</span>}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="actions actions--phone">
        <WriteButton
          needs="operate"
          busy={busy}
          because={chosen === null ? t('chooseFirst') : null}
          onPress={() => chosen !== null && onAnswer(chosen)}
        >
          {t('use')}
        </WriteButton>
        {others.map(({ id, label }) => (
          <WriteButton key={id} needs="operate" look="secondary" busy={busy} onPress={() => onAnswer(id)}>
            {label}
          </WriteButton>
        ))}
      </div>
      {note ? <p className="small muted approve-as">{note}</p> : null}
      {link ? (
        <p className="card-foot approve-as">
          <Link href={link.href}>{link.words}</Link>
        </p>
      ) : null}
      <Refused error={error} />
    </article>
  );
}

function Mark({ mark }: { readonly mark: 'waiting' | 'problem' }) {
  const t = useTranslations();
  if (mark === 'waiting')
    return (
      <span className="flag">
        <Icon name="flag" small />
        {t('state.waiting')}
      </span>
    );
  return (
    <span className="tag tag--fail">
      <Icon name="stop" small />
      {t('question.problem')}
    </span>
  );
}
