/** What an event of the stream changes on the page: a sentence that is shown, or what is known and has become old. */
import type { QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from '../../server/shapes/events.ts';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import * as keys from './keys.ts';

export interface Live {
  /** The databases do not answer; null: nothing is known to be wrong with them. */
  readonly trouble: { readonly words: string; readonly hint: string | null } | null;
  /** Told once and kept nowhere; the newest last. */
  readonly news: readonly { readonly id: number; readonly at: string; readonly words: string }[];
}

export const quiet: Live = { trouble: null, news: [] };
const mostNews = 3;
/** Only what is shown of itself; most events show in what they make be fetched. */
export function after(live: Live, event: LiveEvent): Live {
  switch (event.type) {
    case 'news':
      return { ...live, news: [...live.news, event].slice(-mostNews) };
    case 'trouble':
      return { ...live, trouble: event.words === null ? null : { words: event.words, hint: event.hint } };
    case 'reset':
      return quiet;
    default:
      return live;
  }
}

/** Which of what is known an event makes old. */
export function madeOld(type: LiveEvent['type'], id: MigrationId): readonly QueryKey[] {
  const view = keys.migrationKey(id);
  switch (type) {
    case 'reset':
      return [view, keys.messagesKey(id), ...keys.steered(id)];
    case 'guide.changed':
      return [view, keys.guideKey(id), keys.questionsKey(id)];
    case 'state.changed':
      return [view, keys.planKey(id), keys.questionsKey(id), keys.guideKey(id)];
    case 'chat.changed':
      return [keys.messagesKey(id)];
    case 'news':
    case 'trouble':
    case 'hello':
    case 'migration.progress':
      return [];
    case 'migration.level':
      // its figures come with the progress; how many levels are checked stands beside the journey's steps, too
      return [view];
  }
  if (type.startsWith('approval.')) return [view, keys.approvalsKey(id), keys.guideKey(id)];
  // they carry what is new
  if (type.startsWith('entity.')) return [];
  return [view, keys.runKey(id), keys.guideKey(id)];
}
