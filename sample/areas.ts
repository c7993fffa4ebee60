/** The business areas of the sample in the order in which they are filled: what others read comes first. */
import { clinical } from './clinical.sql.ts';
import { communications } from './communications.sql.ts';
import { files } from './files.sql.ts';
import { financial } from './financial.sql.ts';
import { foundation } from './foundation.sql.ts';
import { housekeeping } from './housekeeping.sql.ts';
import { orders } from './orders.sql.ts';
import { people } from './people.sql.ts';
import { planning } from './planning.sql.ts';
import { supporting } from './supporting.sql.ts';

export const areas = [
  housekeeping,
  foundation,
  people,
  clinical,
  orders,
  files,
  communications,
  planning,
  financial,
  supporting,
] as const;
