/** What may surprise somebody about tables that are there already. */
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import type { Table } from '../../schema/catalog.ts';
import { displayName } from '../../schema/table-key.ts';

type Risk = PlanFile['risks'][number];

export function risksOfTables(entities: readonly PlanEntity[], tables: readonly Table[]): Risk[] {
  return tables.flatMap((table): Risk[] => {
    const name = displayName(table);
    const entity = entities.find(
      ({ target }) => target.schema === table.schema && target.table === table.name,
    );
    const triggers = (table.triggers ?? []).filter(({ enabled }) => enabled).map((trigger) => trigger.name);
    const always = (table.columns ?? []).filter(({ generated }) => generated).map((column) => column.name);
    const risks: Risk[] = [];
    if (triggers.length > 0)
      risks.push({
        severity: 'medium',
        text: `${name} has triggers (${listed(triggers)}). They do not fire for rows that are moved, so what they would fill in or pass on does not happen for these; everybody else's work fires them as ever. To let them fire: “triggers: fire” under “target” of ${entity?.name ?? name}.`,
      });
    if (table.rowSecurity)
      risks.push({
        severity: 'low',
        text: `${name} has row-level security. Moved rows fall under its policies as all others do; the user who moves them must be the owner or bypass them, or the run does not begin.`,
      });
    if (always.length > 0)
      risks.push({
        severity: 'low',
        text: `${name} computes ${listed(always)} itself; nothing is moved into it.`,
      });
    if (table.checks.length > 0)
      risks.push({
        severity: 'low',
        text: `${name} has rules of its own (${listed(table.checks.map((check) => check.name))}): rows that break one are set aside.`,
      });
    return risks;
  });
}

function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
