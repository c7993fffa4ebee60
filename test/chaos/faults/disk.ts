/** The disk with the target's new tables fills up, and somebody makes room. Whether a write met its end is in the log. */
import { DISK_MEGABYTES } from '../lane.ts';
import type { Fault } from '../schedule.ts';
import type { Actor } from './start-faults.ts';

export async function fillDisk(
  fault: Extract<Fault, { kind: 'disk-full' }>,
  { place, reached, sleep }: Actor,
): Promise<boolean | null> {
  const { disk } = place.lane;
  if (disk === null || !(await reached(fault))) return false;
  try {
    disk.leaveFree(fault.leave / 8);
    await sleep(fault.during);
    return null;
  } finally {
    disk.resize(DISK_MEGABYTES);
  }
}
