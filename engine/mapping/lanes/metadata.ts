/**
 * The metadata column: every source column that got no column of its own, and under `_repaired` what was replaced.
 *
 * Promise: the text is exactly what jsonb prints (keys by length, then bytes; `": "` and `", "`), so that reading the
 * row back and comparing bytes proves it. Values arrive as `to_jsonb(column)::text`, which the source prints that way.
 */
import type { ByteWriter } from '../../db/binary/byte-writer.ts';
import type { Lane } from '../lane.ts';
import type { Repair } from '../misfit.ts';

const REPAIRED = '_repaired';
const JSONB_VERSION = 1;
const OPEN = Buffer.from('{');
const CLOSE = Buffer.from('}');
const SEPARATOR = Buffer.from(', ');
const NULL = Buffer.from('null');

export interface MetadataColumn {
  readonly name: string;
  /** Index of the field holding the value as JSON text. */
  readonly field: number;
}

/** Order of keys in a jsonb object: shorter first, then by bytes (lengthCompareJsonbStringValue in jsonb_util.c). */
export function compareJsonbKeys(a: string, b: string): number {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length - y.length || Buffer.compare(x, y);
}

export function metadataLane(columns: readonly MetadataColumn[], wire: 'binary' | 'text'): Lane {
  const sorted = [...columns].sort((a, b) => compareJsonbKeys(a.name, b.name));
  const labels = sorted.map((column) => Buffer.from(`${JSON.stringify(column.name)}: `));
  const repaired = freeLabel(sorted);
  const repairedAt = sorted.filter((column) => compareJsonbKeys(column.name, repaired) < 0).length;
  return (row, out, { repairs }) => {
    out.ensure(8);
    const at = out.position;
    out.position += 4;
    if (wire === 'binary') out.bytes[out.position++] = JSONB_VERSION;
    append(out, OPEN);
    for (let i = 0; i <= sorted.length; i++) {
      const first = i === 0;
      if (i === repairedAt && repairs.length > 0) {
        append(out, Buffer.from(`${first ? '' : ', '}"${repaired}": ${repairedObject(repairs)}`));
        if (i < sorted.length) append(out, SEPARATOR);
      } else if (!first && i < sorted.length) append(out, SEPARATOR);
      if (i === sorted.length) break;
      append(out, labels[i]!);
      const { field } = sorted[i]!;
      const length = row.lengths[field]!;
      if (length < 0) append(out, NULL);
      else append(out, row.bytes, row.offsets[field]!, row.offsets[field]! + length);
    }
    append(out, CLOSE);
    const end = out.position;
    out.position = at;
    out.int32(end - at - 4);
    out.position = end;
    return null;
  };
}

/** `_repaired`, unless a source column is called that. */
function freeLabel(columns: readonly MetadataColumn[]): string {
  let label = REPAIRED;
  while (columns.some((column) => column.name === label)) label = `${label}_`;
  return label;
}

function repairedObject(repairs: readonly Repair[]): string {
  const values = new Map(repairs.map((repair) => [repair.source, repair.original]));
  const entries = [...values].sort(([a], [b]) => compareJsonbKeys(a, b));
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')}}`;
}

function append(out: ByteWriter, bytes: Buffer, start = 0, end = bytes.length): void {
  out.ensure(end - start);
  out.raw(bytes, start, end);
}
