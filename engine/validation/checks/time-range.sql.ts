export type TimeType = 'date' | 'timestamp' | 'timestamptz';

export interface TimeColumnSql {
  readonly sql: string;
  readonly type: TimeType;
}

/** One array: the earliest and the latest of each column as text, in UTC. */
export function rangesSql(from: string, columns: readonly TimeColumnSql[]): string {
  const ends = columns.flatMap(({ sql, type }) =>
    ['min', 'max'].map((end) => `${end}(${sql}::${type})::text`),
  );
  return `select array[${ends.join(', ')}] as ranges from ${from}`;
}
