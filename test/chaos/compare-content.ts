/** What differs between a target and that of an uninterrupted run, in a few lines. */
import type { TargetContent } from '../scenarios/target-content.ts';

export function compareContent(found: TargetContent, whole: TargetContent): string[] {
  const lines: string[] = [];
  for (const part of ['tables', 'pairs'] as const)
    for (const name of new Set([...Object.keys(whole[part]), ...Object.keys(found[part])]))
      if (found[part][name] !== whole[part][name])
        lines.push(
          `${part} of ${name}: ${found[part][name] ?? 'none'} instead of ${whole[part][name] ?? 'none'}`,
        );
  for (const part of ['objects', 'quarantined', 'repaired', 'entities'] as const) {
    const [now, then] = [new Set(found[part]), new Set(whole[part])];
    lines.push(
      ...found[part].filter((line) => !then.has(line)).map((line) => `${part}: more: ${line.slice(0, 160)}`),
    );
    lines.push(
      ...whole[part]
        .filter((line) => !now.has(line))
        .map((line) => `${part}: missing: ${line.slice(0, 160)}`),
    );
    if (found[part].length !== whole[part].length)
      lines.push(`${part}: ${found[part].length} instead of ${whole[part].length}`);
  }
  return lines.slice(0, 12);
}
