/** What engineers need to check every figure again. Names, numbers and SQL are the engine's own and not translated. */
import { useTranslations } from 'use-intl';
import type { Proof } from '../../../server/shapes/proof.ts';
import { Icon } from '../../parts/icon.tsx';

export function Engineers({ proof }: { readonly proof: Proof }) {
  const t = useTranslations('proof.engineers');
  const { runId, planHash, state, generatedAt, validation, rechecks } = proof;
  const checks = validation?.checks;
  const lines = [
    `run         ${runId}`,
    `plan        sha256 ${planHash}`,
    `state       ${state}`,
    `generated   ${generatedAt}`,
    ...(validation === null || checks === undefined
      ? []
      : [
          `compared    ${validation.rowsCompared} rows, ${validation.valuesCompared} values, ${validation.at}`,
          `checks      ${checks.pass} pass, ${checks.fail} fail, ${checks.couldNotCheck} could not check, ${checks.skipped} skipped`,
        ]),
    `again       towpath validate all ${runId}`,
  ];
  return (
    <details className="details">
      <summary>
        <Icon name="chev" small />
        {t('title')}
      </summary>
      <div className="details-body">
        <pre>{lines.join('\n')}</pre>
      </div>
      {rechecks.length === 0 ? null : (
        <details className="details">
          <summary>
            <Icon name="chev" small />
            {t('statements', { count: rechecks.length })}
          </summary>
          {/* long enough to be scrolled, which the keyboard must reach */}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls */}
          <section className="details-body statements" tabIndex={0} aria-label={t('title')}>
            <pre>{rechecks.map(statement).join('\n')}</pre>
          </section>
        </details>
      )}
    </details>
  );
}

function statement({ entity, check, expected, found, sql }: Proof['rechecks'][number]): string {
  const head = `-- ${entity}, ${check}: expected ${expected ?? '–'}, found ${found ?? '–'}`;
  return `${head}\n${sql.replace(/;?$/, ';')}\n`;
}
