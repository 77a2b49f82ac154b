/** Kinds of support that forces offer. */
export const serviceTypes = [
  'trim',
  'peer',
  'peer-volunteer',
  'chaplain',
  'occupational-health',
  'counselling',
  'employee-assistance',
  'talking-therapies',
  'charity',
  'crisis-line',
  'other',
] as const;

export const serviceAudiences = ['workforce', 'families', 'both'] as const;

/** What a cost is for: each contact, or the service for a month. */
export const costBases = ['contact', 'month'] as const;
export type CostBasis = (typeof costBases)[number];
