/** The smallest plan that is one: two entities, the second refers to the first. */
import { type PlanFile, planFile } from '../../engine/plan/plan-file.ts';

export function smallPlan(): PlanFile {
  const id = {
    to: 'id',
    type: 'uuid',
    nullable: false,
    transform: { kind: 'uuid' },
    confidence: 1,
    reason: 'The new key.',
  };
  const entity = (name: string, level: number, columns: unknown[]) => ({
    name,
    source: { schema: 'public', table: `legacy_${name}` },
    target: { schema: 'public', table: name },
    key: { columns: ['id'], kind: 'integer' },
    level,
    priority: 'critical',
    phase: 'core',
    columns: [id, ...columns],
    estimatedRows: 10,
    difficulty: 'easy',
  });
  return planFile.parse({
    version: 1,
    migration: 'legacy',
    source: { database: 'legacy', schemas: ['public'], fingerprint: '00' },
    target: { schema: 'public', create: true },
    settings: {},
    entities: [
      entity('offices', 1, [
        { to: 'name', from: 'name', type: 'text', nullable: true, confidence: 1, reason: 'Same name.' },
      ]),
      entity('doctors', 2, [
        {
          to: 'office_id',
          from: 'office_id',
          type: 'uuid',
          nullable: true,
          transform: { kind: 'reference', entity: 'offices' },
          confidence: 0.9,
          reason: 'A foreign key.',
        },
      ]),
    ],
    groups: { core: ['offices', 'doctors'] },
    phases: [{ name: 'core', entities: ['offices', 'doctors'] }],
    excluded: [{ schema: 'public', table: 'django_session', reason: 'Sessions of the old software.' }],
    estimate: { rows: 20, bytes: 2000, seconds: 1 },
  });
}
