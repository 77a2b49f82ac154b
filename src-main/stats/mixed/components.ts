import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import type { MixedProducts } from './mixed-products.ts';

/** Random effects that share rows, directly or through others; between components everything is independent. */
export type Component = {
  /** Their places among all random effects, rising. */
  readonly places: Int32Array;
  /** Groups of each factor that belong to it. */
  readonly groups: readonly Int32Array[];
};

/** Splits the random effects into components: one a group for one factor, one an outermost group for nested ones. */
export function componentsOf({ factors, across }: MixedProducts): Component[] {
  let total = 0;
  const starts = factors.map(({ count }) => {
    total += count;
    return total - count;
  });
  const parent = Int32Array.from({ length: total }, (_none, i) => i);
  const rootOf = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (const { first, second, firstGroups, secondGroups } of across) {
    for (let pair = 0; pair < firstGroups.length; pair += 1) {
      const a = rootOf((starts[first] as number) + (firstGroups[pair] as number));
      const b = rootOf((starts[second] as number) + (secondGroups[pair] as number));
      if (a !== b) parent[a] = b;
    }
  }
  const members = new Map<number, number[][]>();
  factors.forEach(({ count }, f) => {
    for (let group = 0; group < count; group += 1) {
      const root = rootOf((starts[f] as number) + group);
      let lists = members.get(root);
      if (!lists) {
        lists = factors.map(() => []);
        members.set(root, lists);
      }
      lists[f]?.push(group);
    }
  });
  return Array.from(members.values(), (lists) => {
    const groups = lists.map((list) => Int32Array.from(list));
    const places = groups.flatMap((list, f) => {
      const { width, offset } = factors[f] ?? { width: 0, offset: 0 };
      return Array.from(list).flatMap((group) =>
        Array.from({ length: width }, (_none, a) => offset + group * width + a),
      );
    });
    return { places: Int32Array.from(places), groups };
  });
}

/** Gives ZᵀZ of components as dense matrices. `local` is filled for one component at a time. */
export function denseProducts(products: MixedProducts): (component: Component) => Matrix {
  const { factors, within, across, size } = products;
  const local = new Int32Array(size);
  const pairStarts = across.map((blocks) => startsOfGroups(blocks.secondGroups, factors[blocks.second]?.count ?? 0));
  return ({ places, groups }) => {
    const m = places.length;
    const result = matrixOf(m, m);
    places.forEach((place, i) => {
      local[place] = i;
    });
    groups.forEach((list, f) => {
      const { width, offset } = factors[f] ?? { width: 0, offset: 0 };
      const block = within[f] as Float64Array;
      for (const group of list) {
        const at = local[offset + group * width] as number;
        for (let b = 0; b < width; b += 1) {
          for (let a = 0; a < width; a += 1) {
            result.data[(at + b) * m + at + a] = block[(group * width + b) * width + a] as number;
          }
        }
      }
    });
    across.forEach(({ first, second, firstGroups, products: blocks }, index) => {
      const left = factors[first] ?? { width: 0, offset: 0 };
      const right = factors[second] ?? { width: 0, offset: 0 };
      const starts = pairStarts[index] as Int32Array;
      for (const group of groups[second] ?? []) {
        const column = local[right.offset + group * right.width] as number;
        for (let pair = starts[group] as number; pair < (starts[group + 1] as number); pair += 1) {
          const row = local[left.offset + (firstGroups[pair] as number) * left.width] as number;
          for (let b = 0; b < right.width; b += 1) {
            for (let a = 0; a < left.width; a += 1) {
              const value = blocks[(pair * right.width + b) * left.width + a] as number;
              result.data[(column + b) * m + row + a] = value;
              result.data[(row + a) * m + column + b] = value;
            }
          }
        }
      }
    });
    return result;
  };
}

/** Where each group begins in a rising list. */
function startsOfGroups(rising: Int32Array, count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const group of rising) starts[group + 1] = (starts[group + 1] as number) + 1;
  for (let group = 0; group < count; group += 1)
    starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number);
  return starts;
}
