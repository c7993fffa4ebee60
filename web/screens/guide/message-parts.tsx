/** Which card is drawn for which part of a message. A part that this page does not know is left out. */
import type { TextMessagePartProps } from '@assistant-ui/react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { ChatData } from '../../../server/shapes/chat.ts';
import { useApprovals, useGuide, useQuestionsOf } from '../../api/guide.ts';
import { useMigration } from '../../api/migrations.ts';
import { ApprovalCard } from '../../parts/cards/approval-card.tsx';
import { BeforeAfterCard } from '../../parts/cards/before-after-card.tsx';
import { FactsCard } from '../../parts/cards/facts-card.tsx';
import { FindingCard } from '../../parts/cards/finding-card.tsx';
import { PlanQuestion } from '../../parts/cards/plan-question.tsx';
import { ProgressCard } from '../../parts/cards/progress-card.tsx';
import { useSeen } from '../../parts/cards/use-seen.ts';
import { Icon } from '../../parts/icon.tsx';
import { Hint, Words } from '../../parts/words.tsx';
import { isOpen } from './approval-beside.ts';
import { useMigrationId } from './migration-context.ts';

interface Part<Name extends keyof ChatData> {
  readonly data: ChatData[Name];
}

function Text({ text }: TextMessagePartProps) {
  if (text.trim() === '') return null;
  return (
    <p className="prose said-words">
      <Words text={text.trim()} />
    </p>
  );
}

const shownFindings = 3;

function Findings({ data: { findings, total } }: Part<'finding'>) {
  const t = useTranslations('finding');
  const id = useMigrationId();
  const rest = total - Math.min(findings.length, shownFindings);
  return (
    <>
      {findings.slice(0, shownFindings).map((finding) => (
        <FindingCard key={`${finding.title} ${finding.card ?? ''}`} id={id} finding={finding} />
      ))}
      {rest > 0 ? (
        <p className="small muted chat-card">
          {t('rest', { count: rest })} <Link href={`/${id}/problems`}>{t('all')}</Link>
        </p>
      ) : null}
    </>
  );
}

/** What the guide itself waits for stands at the end of the conversation, once. */
function Question({ data }: Part<'question'>) {
  const id = useMigrationId();
  const questions = useQuestionsOf(id, data.of === 'plan');
  const approves = useGuide(id).data?.card?.kind === 'approval';
  if (data.of === 'guide') return null;
  const question = questions.data?.data.questions.find(({ number }) => number === data.number);
  return question === undefined ? null : (
    <PlanQuestion
      key={question.number}
      id={id}
      question={question}
      quiet={approves && question.answer === null}
    />
  );
}

/** What can still be decided stands at the end of the conversation, once. */
function Approval({ data: { approvalId } }: Part<'approval'>) {
  const id = useMigrationId();
  const seen = useSeen(id);
  const card = useApprovals(id).data?.find((one) => one.id === approvalId);
  if (card === undefined || isOpen(card, seen)) return null;
  return <ApprovalCard id={id} card={card} />;
}

function Mapping({ data: { entity, columns, change } }: Part<'mapping'>) {
  return <BeforeAfterCard id={useMigrationId()} entity={entity} columns={columns} change={change} />;
}

function Progress({ data: { runId } }: Part<'progress'>) {
  const id = useMigrationId();
  const run = useMigration(id).data?.journey?.run ?? null;
  return run !== null && run.runId === runId ? <ProgressCard id={id} run={run} /> : null;
}

function KnownFacts({ data }: Part<'facts'>) {
  return <FactsCard id={useMigrationId()} facts={data} />;
}

function Problem({ data: { message, hint } }: Part<'problem'>) {
  return (
    <p className="note note--warn chat-card">
      <Icon name="warn" />
      <span>
        <b className="strong">{message}</b> <Hint text={hint} />
      </span>
    </p>
  );
}

function Busy({ data: { words } }: Part<'busy'>) {
  return words === null ? null : <p className="muted">{words}</p>;
}

export const parts = {
  Text,
  data: {
    by_name: {
      finding: Findings,
      question: Question,
      mapping: Mapping,
      approval: Approval,
      progress: Progress,
      facts: KnownFacts,
      problem: Problem,
      busy: Busy,
    },
  },
};
