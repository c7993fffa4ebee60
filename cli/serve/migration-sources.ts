/** Which migrations a server is started with: the configured databases, if there are any, and the sample. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openGuide } from '../../desk/open-guide.ts';
import { voiceOf } from '../../desk/voice-of.ts';
import type { Config } from '../../engine/core/config.ts';
import type { MigrationSource } from '../../server/migrations/migrations.ts';
import type { Context } from '../command.ts';
import { surroundingsOf } from '../surroundings.ts';

export function migrationSources(context: Context, config: Config): MigrationSource[] {
  const surroundings = surroundingsOf(context);
  const voice = voiceOf(config);
  const sample: MigrationSource = {
    id: 'sample',
    name: 'Practice with sample data',
    source: null,
    target: null,
    voice,
    exists: () => existsSync(context.path(join('.towpath', 'sample'))),
    open: () => openGuide(surroundings, { databases: 'sample', scale: null }),
  };
  if (config.source === null && config.target === null) return [sample];
  const own: MigrationSource = {
    id: 'own',
    name: config.source?.database ?? 'Your databases',
    source: config.source?.database ?? null,
    target: config.target?.database ?? null,
    voice,
    exists: () => true,
    open: () => openGuide(surroundings, { databases: 'configured', scale: null }),
  };
  return [own, sample];
}
