import { type Comparison, compareReferences, contradict } from './compare.ts';
import { type KnownReference, knownReference, type ReferenceFacts } from './known-reference.ts';

export type FoundPair = Comparison & {
  /** The lower number of the two. */
  readonly firstId: number;
  readonly secondId: number;
};

/** Records that share a key are compared; more than this share only what says nothing, such as “Editorial”. */
const mostInBlock = 400;
const beginningLetters = 24;

/** What two records have in common, at least one of them, where they are worth comparing. */
function keysOf({ doi, pmid, compact, authors, year, firstPage, volume }: KnownReference): readonly string[] {
  const [first] = authors;
  const years = year === null ? [] : [year, year + 1];
  return [
    ...(doi === '' ? [] : [`doi ${doi}`]),
    ...(pmid === '' ? [] : [`pmid ${pmid}`]),
    ...(compact === '' ? [] : [`title ${compact.slice(0, beginningLetters)}`]),
    ...(first === undefined ? [] : years.map((near) => `author ${first} ${near}`)),
    ...(firstPage === '' || volume === '' ? [] : [`place ${volume} ${firstPage}`]),
  ];
}

/**
 * Pairs of records that are one paper, and pairs that somebody should look at. What is the same as one record and cannot be the same
 * as another that is one with it already is asked about.
 * @param facts every record, in the order in which they came; the same records give the same pairs
 */
export function findDuplicates(facts: readonly ReferenceFacts[]): FoundPair[] {
  const records = facts.map(knownReference);
  const found = comparedPairs(records);
  return certainFirst(records, found).sort((a, b) => a.secondId - b.secondId || a.firstId - b.firstId);
}

function comparedPairs(records: readonly KnownReference[]): FoundPair[] {
  const blocks = new Map<string, number[]>();
  const found: FoundPair[] = [];
  for (const [place, record] of records.entries()) {
    const others = new Set<number>();
    for (const key of keysOf(record)) {
      const block = blocks.get(key);
      if (!block) {
        blocks.set(key, [place]);
        continue;
      }
      if (block.length <= mostInBlock) for (const other of block) others.add(other);
      block.push(place);
    }
    for (const place of others) {
      const other = records[place];
      const comparison = other && compareReferences(other, record);
      if (other && comparison) found.push({ firstId: other.id, secondId: record.id, ...comparison });
    }
  }
  return found;
}

/**
 * Leaves as certain what nothing else speaks against. A record that is like two that cannot be one is a question to both, but for the
 * one whose identifier it has.
 */
function certainFirst(records: readonly KnownReference[], found: readonly FoundPair[]): FoundPair[] {
  const known = new Map(records.map((record) => [record.id, record]));
  const partners = new Map<number, KnownReference[]>();
  const addPartner = (id: number, other: number): void => {
    const record = known.get(other);
    if (record) partners.set(id, [...(partners.get(id) ?? []), record]);
  };
  for (const { firstId, secondId, verdict } of found) {
    if (verdict !== 'same') continue;
    addPartner(firstId, secondId);
    addPartner(secondId, firstId);
  }
  const isTorn = (id: number, other: number): boolean => {
    const record = known.get(other);
    return record !== undefined && (partners.get(id) ?? []).some((partner) => contradict(partner, record));
  };
  const certain = found.map((pair) =>
    pair.verdict === 'same' &&
    pair.by === 'citation' &&
    (isTorn(pair.firstId, pair.secondId) || isTorn(pair.secondId, pair.firstId))
      ? doubted(pair)
      : pair,
  );
  return joined(
    known,
    certain.toSorted((a, b) => Number(b.by === 'identifier') - Number(a.by === 'identifier')),
  );
}

function doubted(pair: FoundPair): FoundPair {
  return { ...pair, verdict: 'asked', why: `${pair.why} But one of them is as like another that cannot be the same.` };
}

/** Joins pairs to groups, and doubts what would join records that contradict each other. */
function joined(known: ReadonlyMap<number, KnownReference>, pairs: readonly FoundPair[]): FoundPair[] {
  const groups = new Map<number, readonly KnownReference[]>();
  const groupOf = (id: number): readonly KnownReference[] => {
    const record = known.get(id);
    return groups.get(id) ?? (record ? [record] : []);
  };
  return pairs.map((pair) => {
    if (pair.verdict !== 'same') return pair;
    const first = groupOf(pair.firstId);
    const second = groupOf(pair.secondId);
    if (first === second) return pair;
    const isDoubtful = first.some((one) =>
      second.some((other) => !(one.id === pair.firstId && other.id === pair.secondId) && contradict(one, other)),
    );
    if (isDoubtful) return doubted(pair);
    const group = [...first, ...second];
    for (const { id } of group) groups.set(id, group);
    return pair;
  });
}
