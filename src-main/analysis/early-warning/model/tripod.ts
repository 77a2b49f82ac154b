import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { CaseDefinition } from '../case-definition.ts';
import { countWords as count, sumOfCounts } from '../counts/count-words.ts';
import type { EarlyWarningSpec } from '../spec.ts';
import type { MeasuredResult } from './model-card.ts';

type Item = EarlyWarningResult['tripod'][number];

const notByRun = 'Not known to the software: for the force to state.';

/** The items of TRIPOD+AI (Collins et al. 2024, BMJ 385:e078378), titles in our own words, each filled in from the run or left to the force. */
export function tripodItems(result: MeasuredResult, spec: EarlyWarningSpec, definition: CaseDefinition): Item[] {
  return [...frame(result, spec, definition), ...methods(result, spec), ...openScience(), ...results(result)];
}

function frame(result: MeasuredResult, spec: EarlyWarningSpec, definition: CaseDefinition): Item[] {
  const [first, last] = [result.waves[0], result.waves.at(-1)];
  return [
    item(
      '1',
      'Title',
      `Development and validation of a model of ${definition.words} or long psychological absence within ${spec.horizonDays} days of a screening.`,
    ),
    item('2', 'Abstract', 'See the model card, which sums the run up.'),
    item(
      '3a',
      'Context and reasons',
      'To offer support earlier to police officers and staff; decisions stay with a clinician.',
    ),
    item(
      '3b',
      'Whom and what for',
      'People in post below the cut-off at a screening; read by occupational-health clinicians only.',
    ),
    item(
      '3c',
      'Known inequalities',
      `Performance is reported by sex, ethnicity, age, rank, role and hours. ${notByRun}`,
    ),
    item('4', 'Objectives', 'Development with temporal, unit-wise and bootstrap validation in one run.'),
    item(
      '5a',
      'Sources of data',
      'Screenings, exposures, absences and duties imported from the force’s own systems; batches are listed with the result.',
    ),
    item(
      '5b',
      'Dates',
      first && last
        ? `Screenings from ${first.from} to ${last.to}; data to ${spec.asOf}.`
        : `Data to ${spec.asOf}; no screenings.`,
    ),
    item('6a', 'Setting', `One police force. ${notByRun}`),
    item(
      '6b',
      'Who is eligible',
      'In post, below the cut-off, not absent and without an open case on the day of the screening.',
    ),
    item('6c', 'Treatments', 'Support given after a screening is part of what happens and is not adjusted for.'),
    item(
      '7',
      'Preparing the data',
      'Rows are checked on import; what was known by the day of the screening alone enters, by the time it was recorded or a stated lag.',
    ),
    item(
      '8a',
      'Outcome',
      `${definition.words} at a later screening, or a psychological absence of more than ${spec.spellDays} days that begins, within ${spec.horizonDays} days. Cut-off: ${definition.source}${definition.confirmed ? '' : ' (not confirmed)'}.`,
    ),
    item('8b', 'Who judged the outcome', 'Self-report and absence records; no assessor.'),
    item('8c', 'Blinding', 'The outcome is recorded without knowledge of the model.'),
  ];
}

function methods(result: MeasuredResult, spec: EarlyWarningSpec): Item[] {
  const fairness =
    'Observed over expected, area, sensitivity and predictive value by group with intervals, and Holm-adjusted tests; groups under 50 cases cannot be assessed and cells under 10 are withheld.';
  return [
    item('9a', 'Choice of predictors', 'Stated beforehand from the literature; none was chosen by the data.'),
    item('9b', 'Predictors', (result.model?.terms ?? []).map(({ words }) => words).join('; ')),
    item('9c', 'Who judged the predictors', 'Records and self-report; no assessor.'),
    item('10', 'Sample size', sizeText(result)),
    item(
      '11',
      'Missing data',
      'An unknown outcome is never filled in; landmarks with a known one weigh by the inverse of its chance. A predictor without rows counts as 0 and is warned of.',
    ),
    item(
      '12a',
      'Use of the data',
      'Every landmark whose horizon has passed trains the final model; validation uses later waves, other units and resamples of people.',
    ),
    item('12b', 'Handling of predictors', 'Linear, in their own units; standardised while penalised.'),
    item(
      '12c',
      'Kind of model',
      'Ridge logistic regression, the penalty chosen by the least deviance plus twice the effective parameters.',
    ),
    item('12d', 'Differences between clusters', 'Leave-one-unit-out validation; errors and intervals by person.'),
    item(
      '12e',
      'Measures',
      'Area under the curve, calibration intercept, slope, groups and O:E, Brier, precision–recall, net benefit.',
    ),
    item('12f', 'Updating', 'None within a run; a later run is a new version.'),
    item(
      '12g',
      'How predictions are made',
      'The inverse logit of the intercept plus the coefficients times the predictors.',
    ),
    item('13', 'Class imbalance', 'No resampling of classes; chances stay calibrated to the share of cases.'),
    item('14', 'Fairness', fairness),
    item(
      '15',
      'Output',
      `A chance shown in words, and a signal above a threshold set by ${count(spec.capacityPerWeek)} offers a week.`,
    ),
    item(
      '16',
      'Training and evaluation',
      'The same definitions in both; a training landmark ends at least the horizon and the spell before the first one tested.',
    ),
    item('17', 'Ethical approval', notByRun),
  ];
}

function openScience(): Item[] {
  return [
    item('18a', 'Funding', notByRun),
    item('18b', 'Interests', notByRun),
    item('18c', 'Protocol', 'The specification is recorded with the result. A protocol is for the force to state.'),
    item('18d', 'Registration', notByRun),
    item('18e', 'Data sharing', 'No person-level row leaves the vault.'),
    item('18f', 'Code sharing', 'An R script that fits the same model is written with the result.'),
    item('19', 'Involvement of those concerned', notByRun),
  ];
}

function results(result: MeasuredResult): Item[] {
  const { landmarks, validation, gate } = result;
  const { temporal, optimism } = validation;
  return [
    item(
      '20a',
      'Flow of participants',
      `${count(landmarks.people)} people, ${count(landmarks.screenings)} landmarks: ${count(landmarks.cases)} cases, ${count(landmarks.nonCases)} others, ${count(landmarks.unknown)} unknown.`,
    ),
    item(
      '20b',
      'Characteristics',
      'Means and deviations of the predictors stand with the model; landmarks by wave in the table of waves.',
    ),
    item(
      '20c',
      'Development and evaluation data compared',
      'The stability index by wave compares the people scored with those trained on.',
    ),
    item(
      '21',
      'Numbers in the analyses',
      validation.folds
        .map(
          (fold) =>
            `${fold.testWave}: trained on ${count(fold.trainedOn.cases)} cases of ${count(sumOfCounts(fold.trainedOn.cases, fold.trainedOn.nonCases))}, tested on ${count(fold.events)} of ${count(fold.landmarks)}`,
        )
        .join('; ') || 'No later wave could be tested.',
    ),
    item('22', 'The model in full', 'Intercept and coefficients stand in the result.'),
    item(
      '23a',
      'Performance',
      temporal
        ? `Temporal: area ${temporal.auc?.estimate.toFixed(3) ?? 'unknown'}, slope ${temporal.slope?.estimate.toFixed(2) ?? 'unknown'}, O:E ${temporal.observedExpected?.estimate.toFixed(2) ?? 'unknown'}.${optimism ? ` Optimism of the area over ${optimism.resamples} resamples: ${optimism.auc.toFixed(3)}.` : ''}`
        : 'Not validated on later waves.',
    ),
    item('23b', 'Differences in performance', 'By unit, by group and by wave, in the result.'),
    item('24', 'Updating', 'Not done.'),
    item('25', 'Interpretation', gate.words),
    item('26', 'Limitations', 'One force; screening is voluntary; associations only; see the model card.'),
    item('27a', 'Poor or missing input', 'People without a recent, scored screening are shown as not assessable.'),
    item('27b', 'What users do', 'A clinician reviews each signal with its reasons and records a decision.'),
    item(
      '27c',
      'Next steps',
      'Validation at each later wave, in the table of drift; external validation is for forces together.',
    ),
  ];
}

function sizeText({ sampleSize }: MeasuredResult): string {
  const needed = sampleSize.needed === null ? 'an unknown number of' : count(sampleSize.needed);
  return `Riley criteria ask for ${needed} landmarks; ${count(sampleSize.held)} are held.`;
}

function item(number: string, title: string, text: string): Item {
  return { item: number, title, text: text === '' ? 'None.' : text };
}
