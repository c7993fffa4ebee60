/** The time left in the unit that people would say it in. It is a range, or it is not said at all. */
export interface TimeLeft {
  readonly unit: 'seconds' | 'minutes' | 'hours';
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

export type Seconds = Pick<TimeLeft, 'low' | 'likely' | 'high'>;

/** Rounded outwards, so that the range never becomes narrower than it was. */
export function timeLeftOf({ low, likely, high }: Seconds): TimeLeft {
  // a near end of no minutes at all would say nothing
  if (high < 120 || low < 60) return { unit: 'seconds', low, likely, high };
  const per = high < 7200 ? 60 : 3600;
  const step = per === 60 ? 1 : 0.5;
  return {
    unit: per === 60 ? 'minutes' : 'hours',
    low: Math.floor(low / per / step) * step,
    likely: Math.max(step, Math.round(likely / per / step) * step),
    high: Math.ceil(high / per / step) * step,
  };
}

/** How long something has been going on, in the same units. */
export function durationOf(milliseconds: number): { unit: TimeLeft['unit']; value: number } {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 120) return { unit: 'seconds', value: seconds };
  if (seconds < 7200) return { unit: 'minutes', value: Math.floor(seconds / 60) };
  return { unit: 'hours', value: Math.floor(seconds / 1800) / 2 };
}
