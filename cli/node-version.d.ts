export const neededNode: string;
/** The sentences for the terminal, or null if the version will do. */
export function explainOldNode(version: string, needed?: string): string | null;
