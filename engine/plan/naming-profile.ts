/**
 * What people know about a family of legacy databases and no catalog says: names, groups, phases. Data, not code.
 * `generalProfile` holds for every database; a family's own profile is tried first (naming-profiles/).
 */
export interface NamingProfile {
  readonly name: string;
  /** Tables that must all be there for the profile to apply. */
  readonly signs: readonly string[];
  /** Legacy table → entity, where the general rule (strip prefix, plural) would name it otherwise. */
  readonly entities: Readonly<Record<string, string>>;
  /** Entity → place in the business order, 1 first. Decides the priority where it is known. */
  readonly businessLevels: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly phases: readonly { readonly name: string; readonly entities: readonly string[] }[];
  /** Entities where not one row may fail. */
  readonly financial: readonly string[];
  /** Entities that hold the people who sign in. */
  readonly users: readonly string[];
  /** Rules that are stricter than the source. Only where people said so: a guess here would set good rows aside. */
  readonly strict: StrictRules;
}

export interface StrictRules {
  /** Nullable source columns of these names become required where next to none of the sampled values is missing. */
  readonly required: readonly string[];
  /** Of those, the ones where a missing value is replaced by the most frequent one. */
  readonly defaultToMostFrequent: readonly string[];
  /** Text without a length, by name → longest in characters. */
  readonly lengths: Readonly<Record<string, number>>;
  /** Inclusive bounds by name; `plan date` is the day the plan is made. */
  readonly ranges: Readonly<Record<string, { readonly min?: string; readonly max?: string }>>;
}

export const generalProfile: NamingProfile = {
  name: 'general',
  signs: [],
  entities: { auth_user: 'profiles' },
  businessLevels: {},
  groups: {},
  phases: [],
  financial: ['payments', 'purchases', 'invoices', 'refunds', 'transactions', 'payouts', 'ledger_entries'],
  users: ['profiles', 'users', 'accounts', 'members'],
  strict: { required: [], defaultToMostFrequent: [], lengths: {}, ranges: {} },
};

/** Levels 1–4 are critical, 5–8 high, the rest medium. */
export function priorityOf(level: number): 'critical' | 'high' | 'medium' {
  return level <= 4 ? 'critical' : level <= 8 ? 'high' : 'medium';
}
