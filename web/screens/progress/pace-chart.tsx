/** Rows a second as a line, and the same in words and as a table. Loaded only where there is something to draw. */
import { useEffect, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Icon } from '../../parts/icon.tsx';
import { drawPace, type PaceChart } from './draw-pace.ts';
import { type Point, paceFacts } from './pace.ts';
import type { TimeDetail } from './pace-axes.ts';
import { sampled } from './sampled.ts';

interface PaceProps {
  readonly points: readonly Point[];
  readonly average: number | null;
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const shownTimes = {
  seconds: clock,
  minutes: { hour: '2-digit', minute: '2-digit' },
  dayAndTime: { weekday: 'short', hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
} as const;

export default function Pace({ points, average }: PaceProps) {
  const t = useTranslations('progress.pace');
  const format = useFormatter();
  const facts = paceFacts(points, average);
  if (facts === null) return null;
  const at = (moment: Date) => format.dateTime(moment, clock);
  const { from, to, least, most, last, dip } = facts;
  const words = t('words', { least, most, last, from: at(from), to: at(to) });
  return (
    <section className="overall-chart" aria-labelledby="h-sp">
      <div className="overall-line">
        <h2 className="small-title" id="h-sp">
          {t('title')}
        </h2>
        {average === null ? null : <span className="small muted">{t('average', { average })}</span>}
      </div>
      <Line points={points} label={words} />
      <p className="small muted">{words}</p>
      {dip === null ? null : (
        <p className="small muted">
          {t(dip.rowsPerSecond === 0 ? 'stood' : 'slower', { at: at(dip.at), rows: dip.rowsPerSecond })}
        </p>
      )}
      <details className="details">
        <summary>
          <Icon name="chev" small />
          {t('figures')}
        </summary>
        <table className="table pace-table">
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              <th scope="col" className="num">
                {t('title')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sampled(points, 12).map((point) => (
              <tr key={point.at}>
                <td>{at(new Date(point.at))}</td>
                <td className="num">{format.number(point.rowsPerSecond)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

/** The picture has no more than its words have, so that it is one image for a screen reader. */
function Line({ points, label }: { readonly points: readonly Point[]; readonly label: string }) {
  const format = useFormatter();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<PaceChart | null>(null);
  const now = useRef({ points, format });
  now.current = { points, format };
  useEffect(() => {
    const words = {
      number: (value: number) => now.current.format.number(value, { maximumFractionDigits: 0 }),
      time: (value: Date, detail: TimeDetail) => now.current.format.dateTime(value, shownTimes[detail]),
    };
    const drawn = drawPace(place.current!, words);
    drawn.show(now.current.points);
    chart.current = drawn;
    return () => {
      chart.current = null;
      drawn.end();
    };
  }, []);
  useEffect(() => chart.current?.show(points), [points]);
  return <div className="pace" ref={place} role="img" aria-label={label} />;
}
