/**
 * Which conversation a thread belongs to. Mastra runs a delegation in a thread of its own, named after the thread that
 * delegates with `-<uuid>` behind it; what it uses counts for the conversation it came from. A thread that ends like that
 * by itself is a conversation: only threads that were seen here delegate.
 */
export interface Conversations {
  of(thread: string | undefined): string | null;
}

const DELEGATED = /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createConversations(): Conversations {
  const seen = new Set<string>();
  return {
    of(thread) {
      if (thread === undefined || thread === '') return null;
      for (let parent = thread; DELEGATED.test(parent); ) {
        parent = parent.replace(DELEGATED, '');
        if (seen.has(parent)) return parent;
      }
      seen.add(thread);
      return thread;
    },
  };
}
