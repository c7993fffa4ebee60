/** A card of the guided migration that asks something, or tells of a problem and asks what to do about it. */
import { useTranslations } from 'use-intl';
import type { JourneyCard } from '../../../server/shapes/guide.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useAnswerGuide, useQuestionsOf } from '../../api/guide.ts';
import { answersOf, askedIn } from '../../parts/cards/plan-question.tsx';
import { type Answer, QuestionCard } from '../../parts/cards/question-card.tsx';
import { Hint, Words } from '../../parts/words.tsx';
import { planChoice, questionOfCard } from './open-question.ts';

interface GuideQuestionProps {
  readonly id: MigrationId;
  readonly card: Exclude<JourneyCard, { kind: 'approval' }>;
  readonly cardId: string;
  readonly arrived: boolean;
  /** Its text stands right above. */
  readonly isSaid: boolean;
}

export function GuideQuestion({ id, card, cardId, arrived, isSaid }: GuideQuestionProps) {
  const t = useTranslations('question');
  const answer = useAnswerGuide(id);
  const isAboutPlan = card.choices.some((choice) => planChoice(choice.id) !== null);
  const questions = useQuestionsOf(id, isAboutPlan);
  if (isAboutPlan && questions.isPending) return null;
  const question = questionOfCard(card, questions.data?.data.questions ?? []);
  const send = (chosen: string) => answer.mutate({ answer: chosen, cardId });
  const shared = { arrived, busy: answer.isPending, error: answer.error, onAnswer: send };
  if (question !== null) {
    const open = questions.data?.data.open ?? 0;
    return (
      <QuestionCard
        {...shared}
        {...askedIn(question.text)}
        about={t('openCount', { count: open })}
        answers={answersOf(question).map((one) => ({ ...one, id: `answer-${question.number}-${one.id}` }))}
        recommended={card.recommended}
        others={others(card, (choice) => planChoice(choice) === null)}
        note={t('changeLater')}
      />
    );
  }
  return (
    <QuestionCard
      {...shared}
      mark={card.kind === 'problem' ? 'problem' : 'waiting'}
      title={card.title}
      text={
        card.kind === 'problem' ? (
          <Problems card={card} />
        ) : isSaid ? null : (
          <p className="said-words">
            <Words text={card.text} />
          </p>
        )
      }
      answers={card.choices}
      link={
        card.kind === 'problem' && card.step === 'migrate'
          ? { href: `/${id}/problems`, words: t('setAside') }
          : null
      }
      recommended={card.recommended}
    />
  );
}

function others({ choices }: GuideQuestionProps['card'], isOther: (id: string) => boolean): Answer[] {
  return choices.filter(({ id }) => isOther(id));
}

function Problems({ card }: { readonly card: Extract<JourneyCard, { kind: 'problem' }> }) {
  return (
    <>
      <p className="said-words">
        <Words text={card.text} />
      </p>
      <ul className="problem-list">
        {card.problems.map(({ what, remedy }) => (
          <li key={`${what} ${remedy}`}>
            {card.text.includes(what) ? null : <b className="strong">{what}</b>} <Hint text={remedy} />
          </li>
        ))}
      </ul>
    </>
  );
}
