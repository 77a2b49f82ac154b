import { z } from 'zod';

/** As the review, the study or the outcome is called in files and links; it stands in paths of items, so it has no slash. */
export const evidenceCodeSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^/\p{Cc}]+$/u, 'must not hold a slash');

export const studyDesigns = [
  'randomised',
  'cluster-randomised',
  'controlled-before-after',
  'interrupted-time-series',
  'cohort',
  'case-control',
  'before-after',
  'cross-sectional',
  'review',
] as const;
export type StudyDesign = (typeof studyDesigns)[number];

/** Whether chance decided who was offered what is studied. */
export function isByChance(design: StudyDesign): boolean {
  return design === 'randomised' || design === 'cluster-randomised';
}

/** Who was studied, as far as that decides whether it speaks for police. */
export const studiedPeople = ['police', 'other emergency services', 'others'] as const;
export type StudiedPeople = (typeof studiedPeople)[number];
