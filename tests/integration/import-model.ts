/**
 * The rules of `data.md` › The way in, written again in the plainest way. For every key there is a pile of versions, the
 * newest on top; a version knows which batches hold it. Taking a batch out takes it off every version, and a version that
 * nobody holds is gone.
 */
export type ModelRow = { readonly key: string; readonly value: string };
export type ModelFile = readonly ModelRow[];
export type ModelCounts = { readonly accepted: number; readonly superseded: number; readonly duplicate: number };

type Holder = { readonly batch: number; readonly row: number };
type Version = { readonly value: string; holders: Holder[] };
export type Standing = { readonly key: string; readonly value: string; readonly batch: number; readonly row: number };

export class ImportModel {
  readonly #piles = new Map<string, Version[]>();
  readonly #files = new Map<number, ModelFile>();

  get batches(): number[] {
    return [...this.#files.keys()];
  }

  /** Whether a batch that is still here came from the very same rows in the same order. */
  holds(file: ModelFile): boolean {
    return [...this.#files.values()].some((held) => JSON.stringify(held) === JSON.stringify(file));
  }

  load(batch: number, file: ModelFile): ModelCounts {
    const again = this.holds(file);
    const groups = Map.groupBy(
      file.map((row, index) => ({ ...row, row: index + 1 })),
      (row) => row.key,
    );
    let accepted = 0;
    let superseded = 0;
    let duplicate = 0;
    for (const [key, rows] of groups) {
      const pile = this.#piles.get(key) ?? [];
      this.#piles.set(key, pile);
      const last = rows[rows.length - 1]!;
      if (pile.at(-1)?.value === last.value) {
        duplicate += rows.length;
        if (!again) pile.at(-1)!.holders.push({ batch, row: last.row });
        continue;
      }
      for (const { value, row } of rows) {
        if (pile.at(-1)?.value === value) {
          duplicate += 1;
          continue;
        }
        accepted += 1;
        if (pile.length > 0) superseded += 1;
        pile.push({ value, holders: [{ batch, row }] });
      }
    }
    this.#files.set(batch, file);
    return { accepted, superseded, duplicate };
  }

  undo(batch: number): void {
    this.#files.delete(batch);
    for (const [key, pile] of this.#piles) {
      for (const version of pile) version.holders = version.holders.filter((holder) => holder.batch !== batch);
      this.#piles.set(
        key,
        pile.filter((version) => version.holders.length > 0),
      );
    }
  }

  /** The rows that stand, each with the batch that owns it and its row there, in order of their keys. */
  standing(): Standing[] {
    return this.#versions((pile) => pile.slice(-1));
  }

  /** The versions beneath them. */
  superseded(): Standing[] {
    return this.#versions((pile) => pile.slice(0, -1));
  }

  /** What stands if every batch that is still here had been loaded afresh, one after the other. */
  replayed(): { readonly key: string; readonly value: string }[] {
    const last = new Map<string, string>();
    for (const file of this.#files.values()) for (const { key, value } of file) last.set(key, value);
    return [...last].map(([key, value]) => ({ key, value })).sort(byKey);
  }

  #versions(part: (pile: readonly Version[]) => readonly Version[]): Standing[] {
    return [...this.#piles]
      .flatMap(([key, pile]) =>
        part(pile).map(({ value, holders }) => ({ key, value, batch: holders[0]!.batch, row: holders[0]!.row })),
      )
      .sort((a, b) => byKey(a, b) || a.batch - b.batch || a.row - b.row);
  }
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
