/** Which zone the old system's clock ran on: one question for all times without one. */
import { transformsOf } from '../../plan/transforms.ts';
import type { Ask, SuggestedPlan } from './suggested-plan.ts';
import { count, someOf } from './words.ts';

/** Offered beside the zones that the servers suggest; any other can be named. */
const OFTEN = ['Europe/London', 'Europe/Berlin', 'America/New_York'];
const SAME_AS_UTC = /^(utc|gmt|etc\/(utc|gmt|universal|uct|zulu)|universal|uct|zulu|greenwich)$/i;

export function askAboutClocks({ catalog, entities, timeZone }: SuggestedPlan, ask: Ask): void {
  const clocks = entities.flatMap((entity) =>
    entity.columns
      .filter((column) =>
        transformsOf(column).some((step) => step.kind === 'time-zone' && step.zone === timeZone),
      )
      .map((column) => `${entity.name}.${column.to}`),
  );
  if (clocks.length === 0) return;
  const zones = [...new Set([timeZone, 'UTC', serverZone(catalog.server.timeZone), ...OFTEN])].filter(
    (zone) => zone !== null,
  );
  ask({
    about: {},
    text: `${count(clocks.length, 'field holds', 'fields hold')} a date and time without saying in which time zone: ${someOf(clocks)}. On which clock were they written?`,
    why: `The new system keeps moments, not clock faces. With the wrong zone every one of them is off by hours. The old database’s own setting is ${catalog.server.timeZone}. A zone that is not in the list can be answered by its name, such as Asia/Tokyo.`,
    required: true,
    choices: zones.map((zone) => ({
      text: `${zone} time`,
      changes: [{ kind: 'set-time-zone' as const, zone }],
    })),
    recommended: 0,
  });
}

/** Null where it says no more than UTC, or is no name that can be used. */
function serverZone(zone: string): string | null {
  if (SAME_AS_UTC.test(zone)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
