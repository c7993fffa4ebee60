/** What code reads of some rows, as one array of texts a row. */

/** `from` with the alias `t`; `reads` as SQL over it; `$1`, where `keyText` is given, an array of legacy key texts. */
export function sampleCellsSql(
  from: string,
  reads: readonly string[],
  rows: number,
  keyText: string | null = null,
): string {
  const where = keyText === null ? '' : ` where ${keyText} = any($1::text[])`;
  return `select array[${reads.map((item) => `${item}::text`).join(', ')}]::text[] as cells from ${from}${where} limit ${rows}`;
}
