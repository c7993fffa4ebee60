/**
 * The marks below and beside the line of rows a second: whole seconds and whole rows, so that no two marks read the same, and
 * room for the words of the first and the last mark.
 */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a time on the axis has to tell to be told from its neighbour. */
export type TimeDetail = 'day' | 'dayAndTime' | 'minutes' | 'seconds';

/** Steps between two times, in seconds. */
export const timeSteps: number[] = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 4, 7, 14, 28, 91, 182, 364].map((days) => days * DAY),
];

/** Steps between two speeds, in rows. */
export const rowSteps: number[] = Array.from({ length: 12 }, (_, power) => 10 ** power).flatMap((ten) => [
  ten,
  2 * ten,
  5 * ten,
]);

/** `marks` in seconds, in order, a `step` apart. */
export function timeDetail(marks: readonly number[], step: number): TimeDetail {
  if (step >= DAY) return 'day';
  if ((marks.at(-1) ?? 0) - (marks[0] ?? 0) >= DAY) return 'dayAndTime';
  return step < MINUTE ? 'seconds' : 'minutes';
}

const DIGIT = 8.5;

/** At 14 px, and never too narrow. */
export function roomFor(words: readonly string[]): number {
  return Math.ceil(DIGIT * Math.max(0, ...words.map((word) => word.length)));
}

interface TimeSpan {
  /** Seconds. */
  readonly span: number;
  /** Of the axis, in pixels. */
  readonly width: number;
  /** Room for hours and minutes, and for whatever a time may have to tell. */
  readonly short: number;
  readonly long: number;
}

/** Least room between two times: what is a minute apart has no seconds to tell. */
export function betweenTimes({ span, width, short, long }: TimeSpan): number {
  if (span >= DAY) return long;
  const minute = (width * MINUTE) / Math.max(1, span);
  return Math.min(long, Math.max(short, minute));
}
