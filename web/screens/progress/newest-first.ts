/** The last so many of a list that grows, the newest first; never more, however many came. */
export interface Listed<Item> {
  /** The same for the same item, also when newer ones come; of equal ones the older have the lower number. */
  readonly key: string;
  readonly item: Item;
}

export function newestFirst<Item>(
  items: readonly Item[],
  { most, name }: { readonly most: number; readonly name: (item: Item) => string },
): Listed<Item>[] {
  const counts = new Map<string, number>();
  const listed = items.slice(-most).map((item) => {
    const known = name(item);
    const count = counts.get(known) ?? 0;
    counts.set(known, count + 1);
    return { key: `${known} ${count}`, item };
  });
  return listed.reverse();
}
