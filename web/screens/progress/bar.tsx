/** How far something is, as a bar: green is copied and checked, blue copied, amber set aside. Its words say the same. */
import type { Parts } from './parts-of-run.ts';
import { sharesOf } from './shares.ts';

interface BarProps {
  readonly parts: Parts;
  /** Says which of the colours is meant, with the figures. */
  readonly label: string;
  readonly large?: boolean;
}

export function Bar({ parts: { checked, copied, setAside, whole }, label, large = false }: BarProps) {
  const [done] = sharesOf([checked + copied + setAside], whole);
  const ends = [checked, checked + copied, checked + copied + setAside].map((rows) => placeOf(rows, whole));
  const [first = 0, second = 0, third = 0] = ends;
  return (
    <span
      className={large ? 'bar bar--l' : 'bar'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done?.percent ?? 0}
    >
      <svg className="bar-parts" aria-hidden="true">
        <rect className="bar-checked" width={`${first}%`} height="100%" />
        <rect className="bar-copied" x={`${first}%`} width={`${second - first}%`} height="100%" />
        <rect className="bar-aside" x={`${second}%`} width={`${third - second}%`} height="100%" />
        {setAside === 0 ? null : (
          // however few they are, they can be seen: a bar is never full without what was set aside
          <rect
            className="bar-aside"
            x={`${third}%`}
            width="4"
            height="100%"
            transform={third > 10 ? 'translate(-4 0)' : 'translate(2 0)'}
          />
        )}
        {ends
          .filter((end, index) => end > 0 && end < 100 && end !== ends[index + 1])
          .map((end) => (
            <rect className="bar-cut" key={end} x={`${end}%`} width="2" height="100%" />
          ))}
      </svg>
    </span>
  );
}

function placeOf(rows: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(100, (rows / whole) * 100);
}
