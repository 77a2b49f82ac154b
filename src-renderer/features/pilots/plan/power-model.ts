import type { PilotDesign, PilotPlan } from '#shared/domain/pilot.ts';

/** A spec of the analysis `pilot-power`, as a plan holds it. */
export type PowerSpecification = Readonly<Record<string, unknown>>;

export const powerFields = [
  'effect',
  'people',
  'power',
  'sd',
  'share',
  'correlation',
  'lost',
  'clusterSize',
  'icc',
  'periods',
] as const;
export type PowerField = (typeof powerFields)[number];

const designs: readonly (PilotDesign | null)[] = ['pre-post', 'randomised', 'cluster-randomised', 'stepped-wedge'];

/** Whether the size of a pilot of this design can be worked out before. */
export function hasPower(design: PilotDesign | null): boolean {
  return designs.includes(design);
}

/** What a design is asked for; a field that is filled in already is shown whatever the design. */
export function fieldsOf(design: PilotDesign | null, spec: PowerSpecification): PowerField[] {
  const ofClusters: readonly PowerField[] = ['clusterSize', 'icc'];
  const isClustered = design === 'cluster-randomised' || design === 'stepped-wedge';
  return powerFields.filter((field) => {
    if (field in spec) return true;
    if (ofClusters.includes(field)) return isClustered;
    if (field === 'share') return design !== 'pre-post';
    return field !== 'periods' || design === 'stepped-wedge';
  });
}

/** Fields of a spec that some designs alone have. */
const designsOf: Readonly<Record<string, readonly PilotDesign[]>> = {
  clusterSize: ['cluster-randomised', 'stepped-wedge'],
  icc: ['cluster-randomised', 'stepped-wedge'],
  sizeVariation: ['cluster-randomised'],
  periods: ['stepped-wedge'],
  ratio: ['randomised'],
  share: ['randomised', 'cluster-randomised', 'stepped-wedge'],
};

/** The size of a plan whose design changes: the calculation without what the new design has not; null where it has none. */
export function sizeFor(sampleSize: PilotPlan['sampleSize'], design: PilotDesign): PilotPlan['sampleSize'] {
  if (sampleSize?.by !== 'power') return sampleSize;
  if (!hasPower(design)) return null;
  const kept = Object.entries(sampleSize.spec).filter(([field]) => designsOf[field]?.includes(design) ?? true);
  return { by: 'power', spec: { ...Object.fromEntries(kept), design } };
}

/** Not a number where the field is empty, or holds something else. */
export function numberOf(spec: PowerSpecification, field: PowerField): number {
  const value = spec[field];
  return typeof value === 'number' ? value : Number.NaN;
}

/** The spec with one field set, or left out where it is empty, for the design that the plan has now. */
export function withField(
  spec: PowerSpecification,
  design: PilotDesign | null,
  field: PowerField,
  value: number,
): Record<string, unknown> {
  const rest = Object.fromEntries(Object.entries(spec).filter(([own]) => own !== field));
  return { ...rest, design, ...(Number.isNaN(value) ? {} : { [field]: value }) };
}
