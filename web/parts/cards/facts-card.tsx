/** Facts that the guide looked up for an answer: a few lines, and the screen that has all of them. */
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { type Facts, factLines } from './facts-lines.ts';

interface FactsCardProps {
  readonly id: MigrationId;
  readonly facts: Facts;
}

const screenOf: Readonly<Record<Facts['about'], 'plan' | 'progress' | 'problems' | 'proof' | null>> = {
  catalog: null,
  table: null,
  tables: null,
  assessment: null,
  plan: 'plan',
  rehearsal: null,
  validation: 'proof',
  report: 'proof',
  'undo-preview': 'progress',
  undone: 'progress',
  row: null,
  'code-trial': 'plan',
  'fix-trial': 'problems',
  retried: 'problems',
};

export function FactsCard({ id, facts }: FactsCardProps) {
  const t = useTranslations('facts');
  const heading = useId();
  const screen = screenOf[facts.about];
  return (
    <article className="card chat-card stack" aria-labelledby={heading}>
      <h2 className="small-title" id={heading}>
        {t(`about.${facts.about}`)}
      </h2>
      <dl className="facts">
        {factLines(facts).map(({ name, values }) => (
          <div key={name}>
            <dt>{t(`name.${name}`)}</dt>
            <dd>{t(`line.${name}` as 'line.moved', values as { count: number; total: number })}</dd>
          </div>
        ))}
      </dl>
      {screen === null ? null : (
        <div className="card-foot">
          <Link href={`/${id}/${screen}`}>{t(`see.${screen}`)}</Link>
        </div>
      )}
    </article>
  );
}
