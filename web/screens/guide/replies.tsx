/** Suggested replies: real buttons, each sends its own words and nothing else. */
import { useAui } from '@assistant-ui/react';
import { useTranslations } from 'use-intl';
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useMay, useMigration } from '../../api/migrations.ts';
import { firstReplies } from './first-replies.ts';

interface RepliesProps {
  readonly id: MigrationId;
  readonly messages: readonly ChatMessage[];
  readonly isTalking: boolean;
}

export function Replies({ id, messages, isTalking }: RepliesProps) {
  const t = useTranslations('guide');
  const aui = useAui();
  const { operate } = useMay();
  const step = useMigration(id).data?.journey?.step ?? null;
  const offered = offeredLast(messages) ?? firstReplies(step);
  if (offered.length === 0) return null;
  const isOff = isTalking || !operate;
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form is filled in here
    <div className="chips" role="group" aria-label={t('replies')}>
      {offered.map((words) => (
        <button
          className="chip"
          type="button"
          key={words}
          aria-disabled={isOff}
          onClick={() => (isOff ? undefined : aui.thread().append(words))}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** Of the last answer; null: it offers nothing. */
function offeredLast(messages: readonly ChatMessage[]): readonly string[] | null {
  const last = messages.findLast(({ role }) => role === 'assistant');
  const offered =
    last?.parts.flatMap((part) => (part.type === 'data-choices' ? part.data.choices : [])) ?? [];
  return offered.length === 0 ? null : offered;
}
