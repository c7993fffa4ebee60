/** A transform as a model writes it: every field there, null where the kind has no use for it. */
export function emptyTransform(given: Record<string, unknown>): Record<string, unknown> {
  const fields = ['value', 'choices', 'unknown', 'trueWords', 'falseWords', 'zone', 'unit', 'scale'];
  fields.push(
    'placeholderDomain',
    'unique',
    'entity',
    'onMissing',
    'typeColumn',
    'entities',
    'columns',
    'source',
    'reads',
    ...['point', 'thousands', 'signs', 'country', 'pattern', 'separator', 'part', 'rest', 'otherwise'],
    ...['keyed', 'style', 'look', 'each', 'column', 'matches'],
  );
  return { ...Object.fromEntries(fields.map((field) => [field, null])), ...given };
}
