/** Which migration the conversation is about: the chat library draws messages without handing it down. */
import { createContext, useContext } from 'react';
import type { MigrationId } from '../../../server/shapes/migrations.ts';

export const MigrationContext = createContext<MigrationId>('sample');

export function useMigrationId(): MigrationId {
  return useContext(MigrationContext);
}
