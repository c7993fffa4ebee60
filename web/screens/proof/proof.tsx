import type { MigrationId } from '../../../server/shapes/migrations.ts';
import { useMigration } from '../../api/migrations.ts';

export default function Proof({ id }: { readonly id: MigrationId }) {
  const migration = useMigration(id);
  return (
    <main id="main" className="main">
      <div className="page">
        <p className="text">{migration.data?.journey?.next}</p>
      </div>
    </main>
  );
}
