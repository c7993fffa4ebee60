/** Suggested replies: real buttons, each sends its own words and nothing else. */
import { useAui } from '@assistant-ui/react';
import { useTranslations } from 'use-intl';
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useGuide } from '../../api/guide.ts';
import { useMay, useMigration } from '../../api/migrations.ts';
import { composerId } from './composer.tsx';
import { firstReplies } from './first-replies.ts';
import { otherReplies } from './told-words.ts';

interface RepliesProps {
  readonly id: MigrationId;
  readonly messages: readonly ChatMessage[];
  readonly isTalking: boolean;
  /** Only a part is to move: the way to say which comes first. */
  readonly part: boolean;
}

export function Replies({ id, messages, isTalking, part }: RepliesProps) {
  const t = useTranslations('guide');
  const aui = useAui();
  const { operate } = useMay();
  const step = useMigration(id).data?.journey?.step ?? null;
  const card = useGuide(id).data?.card;
  const answers =
    card?.kind === 'question' || card?.kind === 'problem' ? card.choices.map(({ label }) => label) : [];
  const last = otherReplies(offeredLast(messages), answers);
  const offered = last.length > 0 ? last : firstReplies(step, part);
  if (offered.length === 0) return null;
  const isOff = isTalking || !operate;
  const say = (words: string) => {
    aui.thread().append(words);
    // the pressed button goes away; the keyboard stays where the next words are said
    document.getElementById(composerId)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no form is filled in here
    <div className="chips" role="group" aria-label={t('replies')}>
      {offered.map((words) => (
        <button
          className="chip"
          lang="en"
          type="button"
          key={words}
          aria-disabled={isOff}
          onClick={() => (isOff ? undefined : say(words))}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** Of the last answer. */
function offeredLast(messages: readonly ChatMessage[]): readonly string[] {
  const last = messages.findLast(({ role }) => role === 'assistant');
  return last?.parts.flatMap((part) => (part.type === 'data-choices' ? part.data.choices : [])) ?? [];
}
