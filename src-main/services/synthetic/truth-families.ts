import type { SyntheticHousehold } from './families.ts';
import { distressPerExposure } from './family-scores.ts';
import { planted } from './planted.ts';

/** What is planted in the answers of families, for `truth.json`. */
export function familyEffects(households: Iterable<SyntheticHousehold>) {
  const { conflict, partnerDistress, relation } = planted.families;
  const paths = {
    officerDistressPerExposure: distressPerExposure,
    conflictPerExposure: conflict.perExposure,
    conflictPerOfficerDistress: conflict.perOfficerDistress,
    partnerDistressPerExposure: 0,
    partnerDistressPerOfficerDistress: partnerDistress.perOfficerDistress,
    partnerDistressPerConflict: partnerDistress.perConflict,
  };
  return {
    unit: 'points of the instrument for one exposure in the 180 days up to the officer’s answers, or for one point of another instrument, the rest held equal: GHQ-12 (0–36), WFC-FWC work-to-family (1–7), RAS (1–5)',
    paths,
    serialIndirect:
      paths.officerDistressPerExposure * paths.conflictPerOfficerDistress * paths.partnerDistressPerConflict,
    crossover: {
      officerRelationPerOfficerDistress: relation.officer.perOwn,
      officerRelationPerPartnerDistress: relation.officer.perOther,
      partnerRelationPerPartnerDistress: relation.partner.perOwn,
      partnerRelationPerOfficerDistress: relation.partner.perOther,
    },
    realised: realised(households),
    recover:
      '`family-impact` with its defaults: spillover, mediation and crossover. Each score is drawn from the scores before it as they are written, so that a path is what a regression on them finds in the long run; the ends of the scales hold back a little. The officers’ exposures are those of exposures.csv. Members who withdrew are in no figure. Nothing is planted in what is said of children, nor in how parents and adult children are.',
  };
}

function realised(households: Iterable<SyntheticHousehold>) {
  const counts = {
    households: 0,
    partnersAnswered: 0,
    completeCouples: 0,
    bothServe: 0,
    answeredTwice: 0,
    withdrawn: 0,
  };
  for (const { officerDays, partnerDays, partnerOnRelation, partnerPerson, answeredTwice } of households) {
    counts.households += 1;
    const gone = [officerDays, partnerDays].some((days) => days !== null && days.withdrawnDay !== null);
    if (gone) counts.withdrawn += 1;
    if (partnerDays !== null) counts.partnersAnswered += 1;
    if (partnerDays !== null && partnerOnRelation && !gone) counts.completeCouples += 1;
    if (partnerPerson !== null) counts.bothServe += 1;
    if (answeredTwice) counts.answeredTwice += 1;
  }
  return counts;
}
