/** All checks behind the connection, in the order they are told. To add one: a file, and a line here. */
import type { Check, Side } from './check.ts';
import { clockDifference } from './clock-difference.ts';
import { connections } from './connections.ts';
import { disk } from './disk.ts';
import { docker } from './docker.ts';
import { encoding } from './encoding.ts';
import { environment } from './environment.ts';
import { extensions } from './extensions.ts';
import { pooler } from './pooler.ts';
import { postgresql } from './postgresql.ts';
import { readOnly } from './read-only.ts';
import { replicationRole } from './replication-role.ts';
import { rowSecurity } from './row-security.ts';
import { sameDatabase } from './same-database.ts';
import { sourcePrivileges } from './source-privileges.ts';
import { targetPrivileges } from './target-privileges.ts';
import { timeouts } from './timeouts.ts';
import { version } from './version.ts';

const both = (check: (side: Side) => Check): Check[] => [check('source'), check('target')];

export const checks: readonly Check[] = [
  environment,
  ...both(postgresql),
  ...both(version),
  sameDatabase,
  ...both(encoding),
  ...both(pooler),
  ...both(timeouts),
  sourcePrivileges,
  rowSecurity,
  readOnly,
  targetPrivileges,
  replicationRole,
  extensions,
  disk,
  clockDifference,
  ...both(connections),
  docker,
];
