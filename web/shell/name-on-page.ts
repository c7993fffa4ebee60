/** How a migration is called on the page: by its database; the sample in the page's own language. */
import type { MigrationSummary } from '../../server/shapes/migrations.ts';

export function nameOnPage(
  { id, name }: Pick<MigrationSummary, 'id' | 'name'>,
  say: (key: 'home.sample.name') => string,
): string {
  return id === 'sample' ? say('home.sample.name') : name;
}
