import document from '#resources/absence-reasons/reasons-v1.json' with { type: 'json' };

export type ReasonGroup = {
  readonly code: string;
  readonly title: string;
  readonly psychological: boolean;
  /** Whether it may count in a Bradford factor: pregnancy and disability never do. */
  readonly bradford: boolean;
};

/** A code that no rule reads, or none at all. */
export const unmappedReason: ReasonGroup = {
  code: 'UNMAPPED',
  title: 'No rule reads the code, or there is none',
  psychological: false,
  bradford: true,
};

export const reasonGroups: readonly ReasonGroup[] = [...document.groups, unmappedReason];
export const reasonDocument: string = document.id;
export const reasonCodeSets: readonly string[] = document.codeSets.map(({ id }) => id);
const enabledSets: readonly string[] = document.codeSets.filter(({ enabled }) => enabled).map(({ id }) => id);

export type ReasonOptions = {
  /** The force's own codes; they come before everything else. */
  readonly own: Readonly<Record<string, string>>;
  /** Sets of disclosed codes; null for those that are on unless something else is said. */
  readonly codeSets: readonly string[] | null;
};

export type ReadReason = { readonly group: ReasonGroup; readonly by: string };

const groupNamed = new Map(reasonGroups.map((group) => [group.code, group]));
const punctuation = /[^\p{L}\p{N}]+/u;

/**
 * Reads reason codes into groups: the force's own first, then the disclosed sets, then the words. The first rule of the words
 * that fits decides, and a word counts only where it stands alone.
 */
export function reasonReader({ own, codeSets }: ReasonOptions): (code: string | null) => ReadReason {
  const sets = document.codeSets.filter(({ id }) => (codeSets ?? enabledSets).includes(id));
  const ownCodes = new Map(Object.entries(own).map(([code, group]) => [code.trim().toUpperCase(), group]));
  const known = new Map<string, ReadReason>();
  const read = (code: string): ReadReason => {
    const plain = code.trim().toUpperCase();
    const mine = ownCodes.get(plain);
    if (mine !== undefined) return { group: groupNamed.get(mine) ?? unmappedReason, by: 'the spec' };
    for (const { id, codes } of sets) {
      const found = (codes as Readonly<Record<string, string | undefined>>)[plain];
      if (found !== undefined) return { group: groupNamed.get(found) ?? unmappedReason, by: `codes of ${id}` };
    }
    const words = new Set(code.toLowerCase().split(punctuation));
    for (const { group, any } of document.words) {
      const word = any.find((candidate) => words.has(candidate));
      if (word !== undefined) return { group: groupNamed.get(group) ?? unmappedReason, by: `the word “${word}”` };
    }
    return { group: unmappedReason, by: 'no rule' };
  };
  return (code) => {
    if (code === null || code.trim() === '') return { group: unmappedReason, by: 'no code' };
    const before = known.get(code);
    if (before) return before;
    const found = read(code);
    known.set(code, found);
    return found;
  };
}
