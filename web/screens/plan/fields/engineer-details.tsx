/** The mapping as the plan file has it, one line a column. */
import { useTranslations } from 'use-intl';
import type { EntityView } from '../../../../server/shapes/plan.ts';
import { Icon } from '../../../parts/icon.tsx';
import type { Column, Step } from './what-happens.ts';

export function EngineerDetails({ entity }: { readonly entity: EntityView['data'] }) {
  const t = useTranslations('plan');
  const { to, from, where, columns, code } = entity;
  const widest = Math.min(30, Math.max(...columns.map((column) => column.to.length)));
  const lines = [
    `${to}  ←  ${from}`,
    ...(where === null ? [] : [`where ${where}`]),
    ...columns.map((column) => `${column.to.padEnd(widest)}  ${lineOf(column)}`),
    ...(code ?? []).map(
      ({ reads, writes, file }) =>
        `code ${file ?? ''} reads ${reads.join(', ')}, writes ${writes.join(', ')}`,
    ),
  ];
  return (
    <details className="details">
      <summary>
        <Icon name="chev" small />
        {t('engineers')}
      </summary>
      <div className="details-body">
        <pre>{lines.join('\n')}</pre>
      </div>
    </details>
  );
}

function lineOf({ from, type, transform, onMisfit }: Column): string {
  const misfit = onMisfit === 'quarantine' ? '' : `  on misfit: ${onMisfit}`;
  return `${from === null ? '' : `${from}  `}${transform.map(stepOf).join(' | ')}  ${type}${misfit}`;
}

function stepOf({ kind, ...settings }: Step): string {
  const told = Object.entries(settings);
  return told.length === 0
    ? kind
    : `${kind} ${told.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')}`;
}
