import type { RandomStream } from '#shared/domain/random.ts';
import { normal } from './distributions.ts';
import { planted } from './planted.ts';

/** Scores of a couple, each one that answers to its instrument can have. */
export type CoupleScores = {
  /** GHQ-12, 0–36. */
  readonly officerDistress: number;
  readonly partnerDistress: number;
  /** Work-to-family conflict of WFC-FWC, a mean of 1–7. */
  readonly conflict: number;
  /** RAS, a mean of 1–5. */
  readonly officerRelation: number;
  readonly partnerRelation: number;
};

export const distressItems = 12;
export const conflictItems = 5;
export const relationItems = 7;

/** The nearest score within the range, `parts` of them to a point. */
function onScale(value: number, low: number, high: number, parts: number): number {
  return Math.round(Math.min(high, Math.max(low, value)) * parts) / parts;
}

/** Points of distress per exposure in the 180 days before: the slope of the screenings, on the scale of GHQ-12. */
export const distressPerExposure =
  planted.doseResponse.slopes.posttraumatic.recent * planted.families.distress.pointsPerDeviation;

/** Each path starts from the score as it will be read, so that rounding is part of no path. */
export function drawScores(random: RandomStream, exposures: number): CoupleScores {
  const { distress, conflict, partnerDistress, relation } = planted.families;
  const likert = (value: number) => onScale(value, 0, 3 * distressItems, 1);
  const officer = likert(
    distress.intercept + distressPerExposure * exposures + distress.pointsPerDeviation * normal(random),
  );
  const strain = onScale(
    conflict.intercept +
      conflict.perExposure * exposures +
      conflict.perOfficerDistress * officer +
      conflict.deviation * normal(random),
    1,
    7,
    conflictItems,
  );
  const partner = likert(
    partnerDistress.intercept +
      partnerDistress.perOfficerDistress * officer +
      partnerDistress.perConflict * strain +
      partnerDistress.deviation * normal(random),
  );
  const shared = normal(random);
  const felt = (own: number, other: number, paths: { readonly perOwn: number; readonly perOther: number }) =>
    onScale(
      relation.intercept +
        paths.perOwn * own +
        paths.perOther * other +
        relation.sharedDeviation * shared +
        relation.ownDeviation * normal(random),
      1,
      5,
      relationItems,
    );
  return {
    officerDistress: officer,
    partnerDistress: partner,
    conflict: strain,
    officerRelation: felt(officer, partner, relation.officer),
    partnerRelation: felt(partner, officer, relation.partner),
  };
}
