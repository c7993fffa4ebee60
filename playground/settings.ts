/** What the starter tells the served instance, as variables of its process. */

export const codeVariable = 'TOWPATH_PLAYGROUND_CODE';
/** Where plan, reports and `.towpath` of the migration lie. */
export const folderVariable = 'TOWPATH_PLAYGROUND_FOLDER';

/** Only this machine may come in. */
export const loopback = '127.0.0.1';
export const usualPort = 4111;
