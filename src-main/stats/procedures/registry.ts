import type { AnyProcedure } from './procedure.ts';

/** Loads a procedure when it is first asked for: each brings its own share of the special functions. */
const loaders: Readonly<Record<string, () => Promise<AnyProcedure>>> = {
  describe: () => import('./describe.ts').then((module) => module.describe),
  did: () => import('./did.ts').then((module) => module.did),
  its: () => import('./its.ts').then((module) => module.its),
  mediation: () => import('./mediation.ts').then((module) => module.mediation),
  meta: () => import('./meta.ts').then((module) => module.meta),
  survival: () => import('./survival.ts').then((module) => module.survival),
};

export const procedureNames: readonly string[] = Object.keys(loaders);

export async function procedureNamed(name: string): Promise<AnyProcedure | null> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  return load ? load() : null;
}
