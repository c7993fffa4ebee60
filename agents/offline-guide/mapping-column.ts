/** The field of a mapping that a person means: by its new name first, then by its old one. */
import type { z } from 'zod';
import type { mappingFacts } from '../../engine/index.ts';
import { meantName } from './slots.ts';

export type Mapping = z.infer<typeof mappingFacts>;
export type MappedColumn = Mapping['columns'][number];

export function columnMeant({ columns }: Mapping, said: string): MappedColumn | null {
  const to = meantName(
    said,
    columns.map((column) => column.to),
  );
  if (to !== null) return columns.find((column) => column.to === to) ?? null;
  const from = meantName(
    said,
    columns.flatMap((column) => column.from ?? []),
  );
  return from === null ? null : (columns.find((column) => column.from === from) ?? null);
}
