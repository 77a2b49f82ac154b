import highs, { type Highs } from 'highs';

// The package's types are written for its CommonJS form, where the loader is a property; the module itself is the loader.
const load = highs as unknown as typeof highs.default;

let loaded: Promise<Highs> | null = null;

/**
 * HiGHS, the linear and integer programming solver, loaded once on each thread that asks for it. Its WebAssembly lies beside
 * it in the package; nothing is fetched.
 */
export function loadSolver(): Promise<Highs> {
  loaded ??= load();
  return loaded;
}
