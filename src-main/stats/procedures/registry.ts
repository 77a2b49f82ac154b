import type { AnyProcedure } from './procedure.ts';

/** Loads a procedure when it is first asked for: each brings its own share of the special functions. */
const loaders: Readonly<Record<string, () => Promise<AnyProcedure>>> = {
  adjust: () => import('./adjust.ts').then((module) => module.adjust),
  anova: () => import('./anova.ts').then((module) => module.anova),
  apim: () => import('./apim/apim.ts').then((module) => module.apim),
  calibration: () => import('./calibration/calibration.ts').then((module) => module.calibration),
  'competing-risks': () => import('./competing-risks/competing-risks.ts').then((module) => module.competingRisks),
  contingency: () => import('./contingency/contingency.ts').then((module) => module.contingency),
  correlation: () => import('./correlation.ts').then((module) => module.correlation),
  cox: () => import('./cox/cox.ts').then((module) => module.cox),
  cusum: () => import('./cusum.ts').then((module) => module.cusum),
  'decision-curve': () => import('./decision-curve.ts').then((module) => module.decisionCurve),
  describe: () => import('./describe.ts').then((module) => module.describe),
  did: () => import('./did/did.ts').then((module) => module.did),
  ewma: () => import('./ewma.ts').then((module) => module.ewma),
  gee: () => import('./gee/gee.ts').then((module) => module.gee),
  glm: () => import('./glm/glm.ts').then((module) => module.glm),
  iptw: () => import('./iptw/iptw.ts').then((module) => module.iptw),
  its: () => import('./its/its.ts').then((module) => module.its),
  kruskal: () => import('./kruskal.ts').then((module) => module.kruskal),
  lmm: () => import('./lmm/lmm.ts').then((module) => module.lmm),
  mediation: () => import('./mediation/mediation.ts').then((module) => module.mediation),
  meta: () => import('./meta/meta.ts').then((module) => module.meta),
  mmrm: () => import('./mmrm/mmrm.ts').then((module) => module.mmrm),
  pool: () => import('./pool/pool.ts').then((module) => module.pool),
  power: () => import('./power/power.ts').then((module) => module.power),
  reliability: () => import('./reliability/reliability.ts').then((module) => module.reliability),
  'reliable-change': () => import('./reliable-change.ts').then((module) => module.reliableChange),
  ridge: () => import('./ridge/ridge.ts').then((module) => module.ridge),
  roc: () => import('./roc.ts').then((module) => module.roc),
  spc: () => import('./spc/spc.ts').then((module) => module.spc),
  survival: () => import('./survival/survival.ts').then((module) => module.survival),
  't-test': () => import('./t-test.ts').then((module) => module.tTest),
  wilcoxon: () => import('./wilcoxon/wilcoxon.ts').then((module) => module.wilcoxon),
};

export const procedureNames: readonly string[] = Object.keys(loaders);

export async function procedureNamed(name: string): Promise<AnyProcedure | null> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  return load ? load() : null;
}
