/** The time left as people may rely on it: always a range, because a pace never stays as it is. */
import { formatDuration } from '../engine/report/words.ts';

export function timeLeft(remainingMilliseconds: number | null): string {
  if (remainingMilliseconds === null) return 'time left not known yet';
  const { low, likely, high } = secondsLeft(remainingMilliseconds);
  return likely <= 5 ? 'a few seconds left' : `${words(low)} to ${words(high)} left`;
}

/** A range, rounded as far as it can be relied on. */
export function secondsLeft(remainingMilliseconds: number): { low: number; likely: number; high: number } {
  const likely = Math.ceil(remainingMilliseconds / 1000);
  if (likely <= 5) return { low: 0, likely, high: 10 };
  return { low: roundTime(likely * 0.8, Math.floor), likely, high: roundTime(likely * 1.4, Math.ceil) };
}

const words = (seconds: number) => (seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000));

/** To 5 s under a minute, to half a minute under ten, else to whole minutes. */
function roundTime(seconds: number, round: (value: number) => number): number {
  const step = seconds < 60 ? 5 : seconds < 600 ? 30 : 60;
  return Math.max(step, round(seconds / step) * step);
}
