/** Where the files of a migration lie in its folder, unless a person names another place. */
export const usualPlan = 'towpath.plan.yaml';
export const usualCatalog = '.towpath/catalog.json';
export const usualRehearsal = '.towpath/rehearsal.json';
export const usualReports = 'reports';
