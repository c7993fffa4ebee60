/** One field in full: its values before and after, and for whoever may, a change that is tried while it is chosen. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MigrationId } from '../../../../server/shapes/migrations.ts';
import type { EntityView } from '../../../../server/shapes/plan.ts';
import { useSession } from '../../../api/migrations.ts';
import { useChangePlan, useCheckedChange } from '../../../api/plan.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { Refused } from '../../../parts/refused.tsx';
import { WriteButton } from '../../../parts/write-button.tsx';
import { useFieldName } from '../fields/field-name.ts';
import { useHappenings } from '../fields/use-happenings.ts';
import type { Column } from '../fields/what-happens.ts';
import { BeforeAfter } from './before-after.tsx';
import { CheckResult } from './check-result.tsx';
import { useSettled } from './use-settled.ts';
import { changeOf, emptyWish, possibleWishes } from './wish.ts';
import { WishForm } from './wish-form.tsx';

interface ChangeDialogProps {
  readonly id: MigrationId;
  readonly entity: EntityView['data'];
  readonly column: Column;
  readonly mayChange: boolean;
  readonly close: () => void;
  /** It stands in the plan; so many approvals were given for what the plan said before. */
  readonly changed: (approvalsLost: number) => void;
}

export function ChangeDialog({ id, entity, column, mayChange, close, changed }: ChangeDialogProps) {
  const t = useTranslations('plan.change');
  const name = useFieldName()(column);
  const happens = useHappenings();
  const possible = possibleWishes(column);
  return (
    <Dialog title={t('title', { field: name, entity: entity.title })} close={close}>
      <dl className="facts">
        <div>
          <dt>{t('from')}</dt>
          <dd>{column.from === null ? t('noSource') : <code>{column.from}</code>}</dd>
        </div>
        <div>
          <dt>{t('happens')}</dt>
          <dd>{happens(column)}</dd>
        </div>
        <div>
          <dt>{t('misfit')}</dt>
          <dd>{t(`misfits.${column.onMisfit}`)}</dd>
        </div>
        <div>
          <dt>{t('why')}</dt>
          <dd lang="en">{column.reason}</dd>
        </div>
      </dl>
      <BeforeAfter
        examples={entity.examples[column.to] ?? []}
        isPersonal={entity.personal.includes(column.to)}
      />
      {!mayChange ? (
        <p className="text muted change-none">{t('onlyRead')}</p>
      ) : possible.length === 0 ? (
        <p className="text muted change-none">{t('ofEveryRecord')}</p>
      ) : (
        <Change id={id} entity={entity} column={column} close={close} changed={changed} />
      )}
    </Dialog>
  );
}

function Change({ id, entity, column, close, changed }: Omit<ChangeDialogProps, 'mayChange'>) {
  const t = useTranslations('plan.change');
  const person = useSession().data?.visitor.name ?? '';
  const [wish, setWish] = useState(() => emptyWish(column));
  const wanted = changeOf(wish, { entity: entity.entity, column: column.to }, t('defaultReason', { person }));
  const settled = useSettled(wanted, 400);
  const check = useCheckedChange(id, settled);
  const change = useChangePlan(id);
  const answer = check.data?.data;
  const isCurrent = JSON.stringify(settled) === JSON.stringify(wanted);
  const because =
    wanted === null
      ? t('sayMore')
      : !isCurrent || check.isPending
        ? t('checking')
        : check.isError
          ? t('refused')
          : answer?.changed === false
            ? t('saysSo')
            : (answer?.mistakes.length ?? 0) > 0
              ? t('wouldBeWrong')
              : null;
  return (
    <div className="change">
      <WishForm column={column} sources={entity.sources} wish={wish} set={setWish} />
      <CheckResult
        wanted={wanted !== null}
        pending={!isCurrent || check.isFetching}
        answer={answer ?? null}
        error={check.error}
      />
      <Refused error={change.error} />
      <div className="actions actions--phone">
        <WriteButton
          needs="operate"
          busy={change.isPending}
          because={because}
          onPress={() =>
            wanted !== null && change.mutate(wanted, { onSuccess: ({ data }) => changed(data.approvalsLost) })
          }
        >
          {t('apply')}
        </WriteButton>
        <button className="btn btn--secondary" type="button" onClick={close}>
          {t('leave')}
        </button>
      </div>
    </div>
  );
}
