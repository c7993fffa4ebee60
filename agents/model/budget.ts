/**
 * What the model may use: requests, tokens, time and money, for one conversation and, ten times as much, for one process.
 * Every try counts as a request. It is checked before each request with an estimate of what is about to be sent, so only
 * the last answer can go past a limit. A server that does not tell its tokens is reckoned with four characters a token.
 */
import { type Config, MigrationError } from '../../engine/index.ts';
import { budgetExceeded } from './model-errors.ts';

const CONVERSATIONS_A_PROCESS = 10;
const CHARACTERS_A_TOKEN = 4;

export type BudgetSettings = Pick<
  Config,
  | 'modelMaxRequests'
  | 'modelMaxTokens'
  | 'modelMaxMilliseconds'
  | 'modelMaxCost'
  | 'modelPriceInput'
  | 'modelPriceOutput'
>;

export interface ModelUsage {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where no prices are set. */
  readonly cost: number | null;
}

export interface Spent {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface Budget {
  /** Counts a request of so many bytes, or throws MODEL_BUDGET_EXCEEDED and counts nothing. */
  take(conversation: string | null, bytes: number): void;
  spend(conversation: string | null, spent: Spent, milliseconds: number): void;
  usage(conversation?: string): ModelUsage;
}

interface Account {
  requests: number;
  inputTokens: number;
  outputTokens: number;
  milliseconds: number;
}

/** What is known of the tokens, and an estimate of what is not. */
export function tokensOf(
  reported: { readonly input: number | undefined; readonly output: number | undefined },
  sentBytes: number,
  answeredCharacters: number,
): Spent {
  return {
    inputTokens: reported.input ?? estimate(sentBytes),
    outputTokens: reported.output ?? estimate(answeredCharacters),
  };
}

export function createBudget(settings: BudgetSettings): Budget {
  if (settings.modelMaxCost !== null && pricesOf(settings) === null) {
    throw new MigrationError({
      code: 'INVALID_CONFIG',
      message: 'TOWPATH_MODEL_MAX_COST is set without the prices.',
      hint: 'Give TOWPATH_MODEL_PRICE_INPUT and TOWPATH_MODEL_PRICE_OUTPUT, each for a million tokens.',
      details: { variable: 'TOWPATH_MODEL_MAX_COST' },
    });
  }
  const whole = emptyAccount();
  const accounts = new Map<string | null, Account>();
  const accountOf = (conversation: string | null): Account => {
    const account = accounts.get(conversation) ?? emptyAccount();
    accounts.set(conversation, account);
    return account;
  };
  return {
    take(conversation, bytes) {
      const account = accountOf(conversation);
      check(account, bytes, settings, 1, 'conversation');
      check(whole, bytes, settings, CONVERSATIONS_A_PROCESS, 'process');
      account.requests += 1;
      whole.requests += 1;
    },
    spend(conversation, spent, milliseconds) {
      for (const account of [accountOf(conversation), whole]) {
        account.inputTokens += spent.inputTokens;
        account.outputTokens += spent.outputTokens;
        account.milliseconds += milliseconds;
      }
    },
    usage(conversation) {
      const account = conversation === undefined ? whole : (accounts.get(conversation) ?? emptyAccount());
      const { requests, inputTokens, outputTokens } = account;
      return { requests, inputTokens, outputTokens, cost: costOf(account, settings) };
    },
  };
}

function check(
  account: Account,
  bytes: number,
  settings: BudgetSettings,
  times: number,
  whose: 'conversation' | 'process',
): void {
  const sending = estimate(bytes);
  const tokens = account.inputTokens + account.outputTokens + sending;
  const cost = costOf({ ...account, inputTokens: account.inputTokens + sending }, settings);
  const limits: readonly (readonly [boolean, string, string])[] = [
    [account.requests >= settings.modelMaxRequests * times, 'requests', 'TOWPATH_MODEL_MAX_REQUESTS'],
    [tokens > settings.modelMaxTokens * times, 'tokens', 'TOWPATH_MODEL_MAX_TOKENS'],
    [account.milliseconds >= settings.modelMaxMilliseconds * times, 'time', 'TOWPATH_MODEL_MAX_SECONDS'],
    [
      cost !== null && settings.modelMaxCost !== null && cost > settings.modelMaxCost * times,
      'money',
      'TOWPATH_MODEL_MAX_COST',
    ],
  ];
  const passed = limits.find(([exceeded]) => exceeded);
  if (passed !== undefined) throw budgetExceeded(passed[1], passed[2], whose);
}

function costOf(account: Spent, settings: BudgetSettings): number | null {
  const prices = pricesOf(settings);
  if (prices === null) return null;
  return (account.inputTokens * prices.input + account.outputTokens * prices.output) / 1_000_000;
}

function pricesOf(settings: BudgetSettings): { readonly input: number; readonly output: number } | null {
  const { modelPriceInput: input, modelPriceOutput: output } = settings;
  return input === null || output === null ? null : { input, output };
}

function estimate(characters: number): number {
  return Math.ceil(characters / CHARACTERS_A_TOKEN);
}

function emptyAccount(): Account {
  return { requests: 0, inputTokens: 0, outputTokens: 0, milliseconds: 0 };
}
