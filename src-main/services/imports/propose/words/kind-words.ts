/** What the columns of a kind are called in the systems of forces. */
export type KindWords = {
  /** Words that say what the whole table is about, and so nothing of a column. */
  readonly context: string;
  /** Words in a file's name, its titles and its headers that speak for the kind. */
  readonly about: string;
  /** Canonical column → phrases with “|” between them. */
  readonly columns: Readonly<Record<string, string>>;
};
