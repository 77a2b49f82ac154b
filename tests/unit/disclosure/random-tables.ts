import type { Side } from '#main/disclosure/cross-table.ts';

/** Small seeded generator (mulberry32), so that every run draws the same tables. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function whole(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** Skewed counts with zeros, as tables of a force have them. */
export function count(random: () => number, most: number): number {
  return random() < 0.15 ? 0 : Math.floor(random() ** 3 * most);
}

export function flatSide(prefix: string, lines: number): Side {
  return { labels: Array.from({ length: lines }, (_, line) => `${prefix}${line}`), groups: null, groupNames: [] };
}

export function nestedSide(prefix: string, sizes: readonly number[]): Side {
  const groupNames = sizes.map((_, group) => `${prefix}${group}`);
  const groups = sizes.flatMap((size, group) => new Array<number>(size).fill(group));
  return { labels: groups.map((group, line) => `${groupNames[group]} / ${line}`), groups, groupNames };
}

/** Which lines a printed label adds up, from the side alone: nothing of the app is asked. */
export function linesOfLabel(side: Side | null, label: string): readonly number[] {
  if (side === null) return [0];
  const all = side.labels.map((_, line) => line);
  if (label === 'Total') return all;
  const group = side.groupNames.findIndex((name) => label === `${name} / Total`);
  if (side.groups !== null && group >= 0) return all.filter((line) => side.groups?.[line] === group);
  return [side.labels.indexOf(label)];
}
