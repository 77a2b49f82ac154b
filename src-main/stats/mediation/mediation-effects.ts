export type MediationStructure = 'parallel' | 'serial';

/** One path of the diagram. Nodes count from 0: x, then the mediators, then y. */
export type MediationPath = {
  /** Hayes's letters: a, b, c' with one mediator; a1, b1, d21 (mediator 1 to 2) with several. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
};

/** One way from x to y through at least one mediator: a product of paths. */
export type SpecificEffect = {
  /** Nodes in order, x first, y last. */
  readonly nodes: readonly number[];
  /** Places in the list of paths. */
  readonly paths: readonly number[];
};

export type MediationDiagram = {
  readonly structure: MediationStructure;
  readonly mediators: number;
  /** x → mediators, mediators among themselves, mediators → y, then the direct path. */
  readonly paths: readonly MediationPath[];
  readonly effects: readonly SpecificEffect[];
};

/**
 * The paths and specific indirect effects of a mediation diagram (Hayes 2022, Introduction to Mediation, Moderation, and
 * Conditional Process Analysis, 3rd ed., ch. 5): parallel mediators do not act on each other; serial ones act on all after
 * them, so that k of them make 2ᵏ − 1 specific effects, in order of length and then of mediators.
 */
export function mediationDiagram(structure: MediationStructure, mediators: number): MediationDiagram {
  const y = mediators + 1;
  const number = (name: string, which: string): string => (mediators === 1 ? name : `${name}${which}`);
  const nodes = Array.from({ length: mediators }, (_none, index) => index + 1);
  const wide = mediators > 9 ? '.' : '';
  const paths: MediationPath[] = [
    ...nodes.map((to) => ({ name: number('a', `${to}`), from: 0, to })),
    ...(structure === 'serial'
      ? nodes.flatMap((to) => nodes.slice(0, to - 1).map((from) => ({ name: `d${to}${wide}${from}`, from, to })))
      : []),
    ...nodes.map((from) => ({ name: number('b', `${from}`), from, to: y })),
    { name: "c'", from: 0, to: y },
  ];
  const ways = structure === 'parallel' ? nodes.map((node) => [node]) : subsets(nodes);
  const place = (from: number, to: number): number => paths.findIndex((path) => path.from === from && path.to === to);
  const effects = ways.map((way) => {
    const all = [0, ...way, y];
    return { nodes: all, paths: all.slice(1).map((to, step) => place(all[step] as number, to)) };
  });
  return { structure, mediators, paths, effects };
}

/** Subsets that are not empty, the short ones first, each rising. */
function subsets(nodes: readonly number[]): number[][] {
  const all = Array.from({ length: 2 ** nodes.length }, (_none, bits) =>
    nodes.filter((_node, place) => (bits >> place) & 1),
  );
  return all.filter((set) => set.length > 0).sort((a, b) => a.length - b.length || compareInOrder(a, b));
}

function compareInOrder(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((node, index) => node !== b[index]);
  return place < 0 ? 0 : (a[place] as number) - (b[place] as number);
}

/** Product of an effect's paths. */
export function effectOf(effect: SpecificEffect, coefficients: ArrayLike<number>): number {
  let product = 1;
  for (const path of effect.paths) product *= coefficients[path] as number;
  return product;
}

/** Adds an effect's derivatives by the path coefficients to `gradient`. */
export function addGradient(effect: SpecificEffect, coefficients: ArrayLike<number>, gradient: Float64Array): void {
  for (const path of effect.paths) {
    let others = 1;
    for (const other of effect.paths) if (other !== path) others *= coefficients[other] as number;
    gradient[path] = (gradient[path] as number) + others;
  }
}
