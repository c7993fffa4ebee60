/** The time left as people may rely on it: always a range, because a pace never stays as it is. */
import { formatDuration } from '../../engine/report/words.ts';

export function timeLeft(remainingMilliseconds: number | null): string {
  if (remainingMilliseconds === null) return 'time left not known yet';
  const seconds = Math.ceil(remainingMilliseconds / 1000);
  if (seconds <= 5) return 'a few seconds left';
  const low = roundTime(seconds * 0.8, Math.floor);
  const high = roundTime(seconds * 1.4, Math.ceil);
  return `${words(low)} to ${words(high)} left`;
}

const words = (seconds: number) => (seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000));

/** To 5 s under a minute, to half a minute under ten, else to whole minutes. */
function roundTime(seconds: number, round: (value: number) => number): number {
  const step = seconds < 60 ? 5 : seconds < 600 ? 30 : 60;
  return Math.max(step, round(seconds / step) * step);
}
