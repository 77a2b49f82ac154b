export const roles = ['administrator', 'analyst', 'clinician', 'evaluator'] as const;
export type Role = (typeof roles)[number];
