import { isoOfDay } from '#shared/domain/dates.ts';
import type { ForceOptions } from './options.ts';
import type { PeerSupport } from './peers.ts';
import { planted } from './planted.ts';
import { casenessFrom, pulseDays } from './pulse.ts';
import type { RiskTally, uptakeOf } from './risk-tally.ts';
import { offerChangedOn } from './support.ts';
import { peerTruth } from './truth-peers.ts';

type Made = {
  readonly risk: RiskTally;
  readonly support: ReturnType<typeof uptakeOf>;
  readonly peers: PeerSupport;
};

/** What is planted in absence, duties, the burnout pulse and support, for `truth.json`. */
export function riskEffects(options: ForceOptions, { risk, support, peers }: Made) {
  return {
    absence: absenceTruth(options, risk),
    returnToWork: {
      medianDays: planted.absence.medianDays,
      unit: 'calendar days from the first absent to the last, log-normal and rounded up',
      realised: risk.medianDays(),
      recover:
        '`absence`: median days to return, psychological and other. Compare with `realised`, which follows every spell to its end: the burnout pulse below decides which psychological spells of people at risk are long, so their median moves away from the planted one.',
    },
    duties: {
      recover:
        'Rates per 100 duty days instead of FTE days in `exposure-trend`. Shifts rotate by role, lates before earlies in call handling and dispatch; overtime and cancelled rest days differ from person to person. Nothing else depends on duties but the burnout pulse.',
    },
    burnoutPulse: pulseTruth(options, risk),
    supportUptake: {
      logOddsOfUptake: planted.support.uptakeIntercept,
      shift: planted.support.uptakeShift,
      medianWaitDays: planted.support.medianWaitDays,
      neverContactedShare: planted.support.neverContactedShare,
      change: changeTruth(options),
      realised: support,
      recover:
        '`support-uptake` of the service TRiM by role, over the days before the change: the odds ratio of the role named is the exponential of its shift, all other roles are alike. With the change against Occupational health, which did not change: `realised.change` has the offers and the sum of their planted chances before and after it. Who leaves the force before a contact has none. `indicators`: uptake of offers, and the median days from referral to first contact, where the share never contacted counts as waiting.',
    },
    peerSupport: peerTruth(options, peers),
  };
}

function absenceTruth({ planted: changes }: ForceOptions, risk: RiskTally) {
  const { spellsPerFullTimeYear, rateRatio, frailtyShape, psychologicalShare } = planted.absence;
  return {
    spellsPerFullTimeYear,
    rateRatio: changes?.noAbsenceRatios ? {} : rateRatio,
    theta: frailtyShape,
    psychologicalShare,
    unit: 'new spells per full-time year in post, any reason; roles not named: the rate itself, ratio 1',
    realised: risk.spellRates(),
    recover:
      '`absence` by role with reference Neighbourhood: rate ratios with intervals, and theta of the negative binomial. The reason of a spell does not depend on the role, so the same ratios hold for psychological spells alone, but for those that the burnout pulse makes psychological. Holm-adjusted p of every role not named is a true null hypothesis.',
  };
}

function changeTruth(options: ForceOptions) {
  const day = offerChangedOn(options);
  const { service, logOdds } = planted.support.change;
  return day === null ? null : { service, on: isoOfDay(day), logOdds };
}

function pulseTruth(options: ForceOptions, risk: RiskTally) {
  const days = pulseDays(options);
  if (days.length === 0) return { pulses: [], recover: 'There is no burnout pulse in this force.' };
  const { intercept, coefficients, partTimeShift, lastWaveShift, spellShare, response } = planted.pulse;
  const changes = options.planted;
  const isNull = changes?.nullIntercept !== undefined;
  return {
    instrument: 'CBI',
    scale: 'personal',
    casenessFrom,
    horizonDays: 180,
    pulses: days.map((day, at) => ({ wave: `pulse-${at + 1}`, from: isoOfDay(day) })),
    intercept: changes?.nullIntercept ?? intercept,
    coefficients: isNull ? {} : coefficients,
    unit: 'log-odds per unit of each predictor as it was known on the day of the answers: exposures and absences recorded by then, duties of at least 7 days before',
    miscalibratedGroup: {
      group: 'part-time (FTE below 1)',
      logOdds: isNull ? 0 : (changes?.partTimeShift ?? partTimeShift),
    },
    drift: {
      wave: `pulse-${days.length - 1}`,
      logOdds: isNull ? 0 : (changes?.lastWaveShift ?? lastWaveShift),
      note: 'The last pulse whose outcome is held; the pulse after it shows the outcome.',
    },
    shownAsSpell: {
      share: spellShare,
      of: 'cases who have a new spell of absence anyway between the two pulses: it becomes psychological and longer than 28 days',
    },
    response: {
      ...response,
      unit: 'log-odds of answering the next pulse, on the score and on psychological absence known at this one; never on the outcome',
    },
    realised: risk.outcomes(),
    recover:
      '`early-warning` with CBI personal, cut-off 50, horizon 180 days. The outcome (50 or more at the next pulse, or a psychological spell of more than 28 days that begins before it) is a logistic function of the twelve predictors, with the coefficients given, plus the two shifts that no predictor shows: more cases than expected among part-time people, and at the last wave. An unknown outcome depends on what is known only, so response weights suffice. `realised` has the cases and the sum of the planted chances, where the outcome is known.',
  };
}
