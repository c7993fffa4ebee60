/** What the guided migration shows, and what a person answers. Nothing here decides for somebody. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ApprovalAsked,
  ApprovalDecided,
  ApprovalDecision,
  Approvals,
} from '../../server/shapes/approvals.ts';
import type { ChatHistory } from '../../server/shapes/chat.ts';
import type { GuideAnswer, GuideView } from '../../server/shapes/guide.ts';
import type { MigrationId } from '../../server/shapes/migrations.ts';
import type { Answered, Questions } from '../../server/shapes/questions.ts';
import { ask } from './ask.ts';
import { approvalsKey, guideKey, messagesKey, migrationKey, questionsKey, steered } from './keys.ts';

/** News come by the stream of events; looking now and then covers what they do not tell. */
const whileWorking = 5000;
const whileTalking = 1500;
const otherwise = 20_000;

export function useGuide(id: MigrationId) {
  return useQuery({
    queryKey: guideKey(id),
    queryFn: () => ask<GuideView>('GET', `/migrations/${id}/guide`),
    refetchInterval: ({ state }) => (state.data?.state === 'working' ? whileWorking : otherwise),
  });
}

export function useApprovals(id: MigrationId) {
  return useQuery({
    queryKey: approvalsKey(id),
    queryFn: () => ask<Approvals>('GET', `/migrations/${id}/approvals`),
    refetchInterval: otherwise,
  });
}

/** The conversation as it is kept; what streams is not in it before its end. */
export function useMessages(id: MigrationId) {
  return useQuery({
    queryKey: messagesKey(id),
    queryFn: () => ask<ChatHistory>('GET', `/migrations/${id}/messages`),
    // somebody else's turn, or one that this page does not stream any more
    refetchInterval: ({ state }) => (state.data?.busy ? whileTalking : false),
  });
}

/** What was said may have changed anything, and is kept now. */
export function useChatEnd(id: MigrationId): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: messagesKey(id) });
    void lookAgain(queries, id);
  };
}

/** Asked only where a card is about a question of the plan. */
export function useQuestionsOf(id: MigrationId, isWanted: boolean) {
  return useQuery({
    queryKey: questionsKey(id),
    queryFn: () => ask<Questions>('GET', `/migrations/${id}/questions`),
    enabled: isWanted,
  });
}

export function useStartGuide(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask<GuideView>('POST', `/migrations/${id}/guide/start`),
    onSuccess: (view) => queries.setQueryData(guideKey(id), view),
    onSettled: () => lookAgain(queries, id),
  });
}

/** Stops guiding; a move that is running goes on. */
export function useLeaveGuide(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask<GuideView>('POST', `/migrations/${id}/guide/leave`),
    onSuccess: (view) => queries.setQueryData(guideKey(id), view),
    onSettled: () => lookAgain(queries, id),
  });
}

/** Asks the guide to stop its answer; what a tool has begun, it ends. */
export function useStopAnswer(id: MigrationId) {
  return useMutation({ mutationFn: () => ask<unknown>('POST', `/migrations/${id}/chat/stop`) });
}

/** An answer that comes too late changes nothing; then the card that is shown now is in what it answers with. */
export function useAnswerGuide(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    onMutate: () => queries.cancelQueries({ queryKey: guideKey(id) }),
    mutationFn: (answer: GuideAnswer) => ask<GuideView>('POST', `/migrations/${id}/guide/answer`, answer),
    onSuccess: (view) => queries.setQueryData(guideKey(id), view),
    onSettled: () => lookAgain(queries, id),
  });
}

export function useDecide(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ approvalId, ...decision }: ApprovalDecision & { readonly approvalId: string }) =>
      ask<ApprovalDecided>('POST', `/migrations/${id}/approvals/${approvalId}`, decision),
    // what is being fetched was asked before the decision; it must not come after it
    onMutate: () =>
      Promise.all([guideKey(id), approvalsKey(id)].map((queryKey) => queries.cancelQueries({ queryKey }))),
    onSuccess: ({ card, guide }) => {
      queries.setQueryData<Approvals>(approvalsKey(id), (cards) => [
        card,
        ...(cards ?? []).filter((one) => one.id !== card.id),
      ]);
      if (guide !== null) queries.setQueryData(guideKey(id), guide);
    },
    onSettled: () => lookAgain(queries, id),
  });
}

/** Asks a person once more; gives nothing. */
export function useAskApproval(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: ApprovalAsked['data']['action']) =>
      ask<ApprovalAsked>('POST', `/migrations/${id}/approvals`, { action }),
    onSettled: () => lookAgain(queries, id),
  });
}

/** A question of the plan, wherever it is shown. */
export function useAnswerQuestion(id: MigrationId) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ number, choice }: { readonly number: number; readonly choice: string }) =>
      ask<Answered>('POST', `/migrations/${id}/questions/${number}`, { choice }),
    onSettled: () => lookAgain(queries, id),
  });
}

async function lookAgain(queries: QueryClient, id: MigrationId): Promise<void> {
  const exact = queries.invalidateQueries({ queryKey: migrationKey(id), exact: true });
  const others = steered(id).map((queryKey) => queries.invalidateQueries({ queryKey }));
  await Promise.all([exact, ...others]);
}
