/** What stands in the picture: a level's number, its entities as buttons, and how many rows it has. */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { useTranslations } from 'use-intl';
import type { PicturedEntity } from '../../../../server/shapes/plan.ts';

type EntityNode = Node<
  {
    readonly entity: PicturedEntity;
    readonly state: 'chosen' | 'linked' | 'other';
    readonly isStop: boolean;
    readonly isFaint: boolean;
    readonly choose: (name: string) => void;
  },
  'entity'
>;
type LevelNode = Node<{ readonly level: number }, 'level'>;
type RowsNode = Node<{ readonly rows: number; readonly share: number }, 'rows'>;
export type PictureNode = EntityNode | LevelNode | RowsNode;

export const nodeTypes = { entity: Entity, level: Level, rows: Rows };

function Entity({ data: { entity, state, isStop, isFaint, choose } }: NodeProps<EntityNode>) {
  const t = useTranslations('plan.order');
  const { name, title, level, rows, questions } = entity;
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <button
        type="button"
        className={`picture-entity nodrag nopan is-${state} ${isFaint ? 'is-faint' : ''}`}
        data-entity={name}
        tabIndex={isStop ? 0 : -1}
        aria-pressed={state === 'chosen'}
        aria-label={t('entity', { title, level, rows, state, questions: questions.length })}
        onClick={() => choose(name)}
      >
        <span className="picture-title">{title}</span>
        {questions.length > 0 ? <span className="picture-flag" aria-hidden="true" /> : null}
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

function Level({ data: { level } }: NodeProps<LevelNode>) {
  const t = useTranslations('plan.order');
  return <span className="picture-level">{t('level', { level })}</span>;
}

function Rows({ data: { rows, share } }: NodeProps<RowsNode>) {
  const t = useTranslations('plan.order');
  return (
    <span className="picture-rows">
      <svg className="picture-bar" width="72" height="8" aria-hidden="true">
        <rect width={Math.max(2, 72 * share)} height="8" rx="2" />
      </svg>
      <span className="picture-count">{t('count', { rows })}</span>
    </span>
  );
}
