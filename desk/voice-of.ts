/** Who will speak at a desk, before it is opened: the model that the settings name, or the offline guide, and called so. */
import { type ConnectionSettings, chooseConnection } from '../agents/model/connection.ts';
import { createOfflineGuide } from '../agents/offline-guide/offline-guide.ts';
import type { Voice } from './guide-at-hand.ts';

/** Throws INVALID_CONFIG where the settings do not fit together. */
export function voiceOf(config: ConnectionSettings): Voice {
  const connection = chooseConnection(config);
  if (connection === null) return { name: createOfflineGuide().modelId, offline: true };
  return { name: `${connection.model} at ${connection.host}`, offline: false };
}
