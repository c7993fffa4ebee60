/**
 * Is this Node new enough to run TypeScript as it stands? Plain JavaScript of the oldest kind that modules allow,
 * because its reader may be an old Node.
 */
export const neededNode = '22.18.0';

/** The sentences for the terminal, or null if the version will do. */
export function explainOldNode(version, needed = neededNode) {
  if (!isOlder(version, needed)) return null;
  return [
    'Towpath needs Node ' + needed + ' or newer; this is Node ' + version + '.',
    'Run it with `npm run towpath -- <command>` after `npm ci`, which brings a Node of its own (not with --ignore-scripts),',
    'or install a newer Node.',
  ].join('\n');
}

function isOlder(version, needed) {
  const [a, b] = [version, needed].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && a[at] < b[at];
}
