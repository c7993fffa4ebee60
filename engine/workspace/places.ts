/** Where the files of a migration lie in its folder, unless a person names another place. */
export const usualPlan = 'towpath.plan.yaml';
export const usualCatalog = '.towpath/catalog.json';
/** Tables that the target held before, where it held any. */
export const usualTargetCatalog = '.towpath/target-catalog.json';
export const usualRehearsal = '.towpath/rehearsal.json';
export const usualReports = 'reports';
