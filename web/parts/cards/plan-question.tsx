/** A question that the plan cannot decide, as it stands now: open, or answered and open to change until the move starts. */
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import type { Question } from '../../../server/shapes/questions.ts';
import { useAnswerQuestion } from '../../api/guide.ts';
import { useMigration } from '../../api/migrations.ts';
import { Icon } from '../icon.tsx';
import { WriteButton } from '../write-button.tsx';
import { type Answer, QuestionCard } from './question-card.tsx';

interface PlanQuestionProps {
  readonly id: MigrationId;
  readonly question: Question;
  readonly arrived?: boolean;
  /** Another decision waits: this one is only shown. */
  readonly quiet?: boolean;
}

export function PlanQuestion({ id, question, arrived = false, quiet = false }: PlanQuestionProps) {
  const t = useTranslations('question');
  const answer = useAnswerQuestion(id);
  const [changing, setChanging] = useState(false);
  const hasBegun = (useMigration(id).data?.journey?.run ?? null) !== null;
  if (quiet || (question.answer !== null && !changing)) {
    const change = hasBegun || question.answer === null ? null : () => setChanging(true);
    return <Answered question={question} change={change} />;
  }
  return (
    <QuestionCard
      {...askedIn(question.text)}
      about={t('number', { number: question.number })}
      answers={answersOf(question)}
      recommended={question.recommended}
      note={t('changeLater')}
      arrived={arrived}
      busy={answer.isPending}
      error={answer.error}
      onAnswer={(choice) =>
        answer.mutate({ number: question.number, choice }, { onSuccess: () => setChanging(false) })
      }
    />
  );
}

const longTitle = 140;

/** What is asked is the title; where it comes with a long account, that is read below it. */
export function askedIn(text: string): { readonly title: string; readonly text: string | null } {
  const [, account, asked] = /^(.*[.!?])\s+(\S[^.!?]*\?)$/s.exec(text.trim()) ?? [];
  if (text.length <= longTitle || account === undefined || asked === undefined)
    return { title: text, text: null };
  return { title: asked, text: account };
}

/** The reason stands with the recommended one: it is why it is recommended. */
export function answersOf({ choices, recommended, why }: Question): Answer[] {
  return choices.map(({ id, text }) => ({ id, label: text, why: id === recommended ? why : undefined }));
}

interface AnsweredProps {
  readonly question: Question;
  /** Null: it cannot be changed any more. */
  readonly change: (() => void) | null;
}

function Answered({ question, change }: AnsweredProps) {
  const t = useTranslations('question');
  const title = useId();
  const asked = askedIn(question.text);
  const isAnswered = question.answer !== null;
  const chosen = question.choices.find(({ id }) => id === question.answer);
  return (
    <article className="card chat-card" aria-labelledby={title}>
      <div className="card-head">
        <span className={isAnswered ? 'tag tag--pass' : 'tag'}>
          <Icon name={isAnswered ? 'check' : 'unknown'} small />
          {t(isAnswered ? 'answered' : 'open')}
        </span>
        <span className="small muted">{t('number', { number: question.number })}</span>
      </div>
      <h2 className="card-title" id={title} lang="en">
        {asked.title}
      </h2>
      {asked.text === null ? null : (
        <p className="text muted question-text" lang="en">
          {asked.text}
        </p>
      )}
      {isAnswered ? (
        <p className="text approve-as">{t('answer', { answer: chosen?.text ?? question.answer ?? '' })}</p>
      ) : null}
      {change === null ? null : (
        <div className="card-foot approve-as">
          <span>{t('changeLater')}</span>
          <WriteButton needs="operate" look="quiet" onPress={change}>
            {t('change')}
          </WriteButton>
        </div>
      )}
    </article>
  );
}
