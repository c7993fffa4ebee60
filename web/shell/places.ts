/** Addresses of the screens of a migration, and which screen belongs to which stage of the journey. */
import type { MigrationId, Stage } from '../../server/shapes/migrations.ts';

export const screens = ['guide', 'problems', 'plan', 'progress', 'proof'] as const;
export type ScreenName = (typeof screens)[number];

export const screenOfStage: Readonly<Record<Stage, ScreenName>> = {
  look: 'guide',
  plan: 'plan',
  rehearse: 'guide',
  move: 'progress',
  check: 'proof',
  'sign-off': 'proof',
};

export function addressOf(id: MigrationId, screen: ScreenName): string {
  return `/${id}/${screen}`;
}

export const isScreen = (name: string): name is ScreenName => (screens as readonly string[]).includes(name);
export const isMigration = (id: string): id is MigrationId => id === 'own' || id === 'sample';
