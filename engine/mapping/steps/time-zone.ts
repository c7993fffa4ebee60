/**
 * A clock's text without a zone gets the offset that the zone had at that moment. Where a clock was put forward or back,
 * the answer is PostgreSQL's (DetermineTimeZoneOffsetInternal in datetime.c): a time that did not exist counts as before
 * the change, one that happened twice as after it. Text that has an offset of its own keeps it.
 */

import { EPOCH_OFFSET_DAYS } from '../../db/binary/copy-format.ts';
import { parseTimestamp } from '../../db/binary/date-time.ts';
import { onText, type Step, type TransformOf } from './step.ts';

const DAY = 86_400_000;
/** Days whose offset is remembered: sixty years. */
const MOST_DAYS = 22_000;
const WITH_OFFSET = /(Z|:\d{2}(\.\d+)?[+-]\d{2}(:?\d{2}){0,2})( BC)?$/;
/** JavaScript's calendar; what is beyond has no offset to tell. */
const MOST_MILLISECONDS = 8.64e15;

export function timeZoneStep({ zone }: TransformOf<'time-zone'>): Step {
  const offsetAt = createOffsets(zone);
  return onText((value) => {
    const text = value.trim();
    const local = WITH_OFFSET.test(text) ? null : parseTimestamp(text);
    if (local === null) return text;
    const milliseconds = Number(local / 1000n) + EPOCH_OFFSET_DAYS * DAY;
    if (Math.abs(milliseconds) > MOST_MILLISECONDS - 2 * DAY) return text;
    const [, moment, era = ''] = /^(.*?)( BC)?$/.exec(text)!;
    const clock = moment!.includes(':') ? moment! : `${moment} 00:00:00`;
    return `${clock}${offsetText(offsetAt(milliseconds))}${era}`;
  });
}

/** Seconds east of Greenwich at a local time, given as if it were UTC. */
export function createOffsets(zone: string): (localMilliseconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const known = new Map<number, number | null>();
  const offsetOf = (utc: number): number => {
    const [, sign, hours, minutes, seconds] =
      /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(format.format(utc)) ?? [];
    if (sign === undefined) return 0;
    const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds ?? 0);
    return sign === '-' ? -size : size;
  };
  /** The offset of the whole day and those around it; null where it changes. */
  const steady = (day: number): number | null => {
    const remembered = known.get(day);
    if (remembered !== undefined) return remembered;
    if (known.size >= MOST_DAYS) known.clear();
    const [before, after] = [offsetOf((day - 1) * DAY), offsetOf((day + 2) * DAY)];
    const found = before === after ? before : null;
    known.set(day, found);
    return found;
  };
  return (local) => {
    const same = steady(Math.floor(local / DAY));
    if (same !== null) return same;
    const [before, after] = [offsetOf(local - DAY), offsetOf(local + DAY)];
    const holds = (offset: number) => offsetOf(local - offset * 1000) === offset;
    if (holds(before) !== holds(after)) return holds(before) ? before : after;
    return before < after ? before : after;
  };
}

function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${rest}`;
}
