import type { Count } from '#shared/domain/early-warning.ts';
import { formatCount, formatDate, plural } from '../../ui/format.ts';

export const text = {
  title: 'Early warning',
  lead: 'Whether routine screening can tell who may soon need support, and how often it is wrong. A signal is an offer of support; a clinician decides. Nothing here is for discipline, promotion, vetting or posting.',
  noScreeningsTitle: 'No screenings yet',
  noScreeningsText:
    'An early warning learns from completed screenings with a burnout instrument, absences and exposures. Import them, and the model card appears here.',
  noInstrumentTitle: 'No screening names an instrument that is known here',
  noInstrumentText:
    'Screenings are held, but none with an instrument whose scales are defined. Look at the mapping of the screenings extract, correct the instrument and load it again.',
  instrument: 'Screened with',
  scale: 'Scale',
  cutOff: 'Counts as a case',
  ownCutOff: 'A score of our own…',
  ownScore: 'Score',
  ownSource: 'Where the score comes from',
  ownSourceHint: 'Stated with every result.',
  conventionSource: 'The convention for this inventory, which is not confirmed',
  capacity: 'Offers a week',
  capacityHint: 'How many people can be offered support.',
  asOf: 'As of',
  asOfLatest: (latest: string) => `latest day held: ${formatDate(latest)}`,
  run: 'Run',
  runAgain: 'Run with these choices',
  running: 'Making and checking the model',
  badSource: 'Say where it comes from.',
  badScore: (min: number, max: number) => `From ${min} to ${max}.`,
  changed: 'The choices above differ from those of the result below.',
  beforeTitle: 'Not run yet',
  beforeText:
    'A run trains the model on earlier waves, tests it on later ones, and says whether it is fit for use. It takes some minutes on a large force; the rest of Tidemark stays usable.',
  fit: 'Fit for use',
  notFit: 'Not fit for use',
  fitHint:
    'It may be kept and put into use by a clinician. Whoever it names is offered support after a person has looked.',
  notFitHint: 'It raises no signals. Nothing about any person was kept.',
  checksTitle: 'What fitness for use asks, and what was found',
  checksNote: 'All of it must pass on waves that the model was not trained on. What cannot be judged does not pass.',
  passed: 'Passed',
  failed: 'Failed',
  notJudged: 'Not judged',
  assessableTitle: (assessable: Count, inPost: number) =>
    assessable === null
      ? `Who of ${plural(inPost, 'person', 'people')} in post can be assessed`
      : `${formatCount(assessable)} of ${plural(inPost, 'person', 'people')} in post can be assessed`,
  assessableNote:
    'Not assessable is never zero and never “no risk”: it says only that nothing can be said. Counts under 10 are withheld (marked [c]), and others from which one would follow.',
  nobodyInPost: 'Nobody is in post on that day. Choose another day, or import the people extract.',
  everybody: 'Everybody in post can be assessed.',
  signals: (count: Count) =>
    count === null
      ? 'Fewer than 10 people would be offered support now'
      : `${plural(count, 'person', 'people')} would be offered support now`,
  signalsClinician: 'Who they are stands in Cases, with the reasons in words.',
  signalsOthers: 'Who they are is for clinicians only.',
  openCases: 'Open Cases',
  tabs: {
    summary: 'Summary',
    accuracy: 'Accuracy',
    capacity: 'Capacity',
    fairness: 'Fairness',
    drift: 'Over time',
    card: 'Model card',
  },
  wavesTitle: 'What the screenings were followed by',
  wavesNote:
    'Not known: who left, or was not screened again. They are weighted for, never filled in. Counts under 10 are withheld (marked [c]), and others from which one would follow.',
  predictorsTitle: (count: number) => `What the model looks at: ${plural(count, 'predictor')}`,
  predictorsNote:
    'Log odds, shrunken: above 0 goes with more cases, below 0 with fewer. They are associations, not causes. No protected characteristic and no free text is among them.',
  noModelTitle: 'No model was fitted',
  noModelText:
    'The checks above say why. What is missing most often is enough screenings that can be followed for the whole horizon.',
  sampleTitle: 'How much data a model of this size needs',
  accuracyTitle: 'How well it tells apart and how true its chances are',
  accuracyNote:
    'Later waves decide: the model was trained on earlier ones. The others stand beside it, to show how much better a model looks on the data that made it.',
  calibrationNote:
    'Points are tenths of the people tested, joined where one holds fewer than 10 cases or 10 others, with intervals; on the dashed line predicted and observed agree.',
  netBenefitNote:
    'Net benefit weighs cases found against needless offers at each chance from which support is offered. A model helps where it lies above all others.',
  precisionNote:
    'How many signals are right, as more of the cases are found. The dashed line is what offering at random would give.',
  noAccuracy: 'No model was fitted, so there is nothing to test. The checks in the summary say what is lacking.',
  foldsTitle: 'Tested wave by wave',
  unitsTitle: 'Each unit left out in turn',
  unitsNote: 'The model was trained without the unit and tested on it. Small units are withheld.',
  capacityTitle: 'What a number of offers a week would mean',
  capacityNote:
    'Move the mark to see how many offers would reach a case, and how many cases would be missed. Figures of fewer than 10 cases are withheld (marked [c]).',
  capacitySlider: 'Signals a week',
  noCapacity: 'There is no threshold to choose, as no model could be tested on later waves.',
  rulesTitle: 'The rules that it must beat',
  rulesNote:
    'Plain rules anybody can follow, tested on the same waves. A model that does no better is not fit for use.',
  noRules: 'No rules were tested, as no later wave could be.',
  fairnessNote:
    'Observed over expected: 1 where the model is right for the group, above 1 where it misses people. Bounds are 0.8 to 1.25; a group blocks only when enough events are held and chance is ruled out.',
  noFairness: 'Fairness could not be judged, as no model could be tested on later waves. That is not the same as fair.',
  withheld: '[c] withheld',
  tooFew: '[c] too few',
  cannotAssess: 'cannot be assessed',
  noDrift: 'No wave could be compared with the training waves.',
  driftNote:
    'Stability is the population stability index of the predicted chance against training: under 0.1 little has moved, above 0.25 much has.',
  movedTitle: 'What has changed in the people screened',
  movedNote:
    'The stability index of each predictor against training, the worst of the latest wave first: under 0.1 stable, from 0.25 shifted. A predictor may shift because people do, because recording does, or because time passes: first screenings become fewer as screening goes on. A shift is a reason to look, and does not by itself make the chances wrong.',
  movedNone: 'No wave is large enough to compare predictor by predictor.',
  cardTitle: 'Model card',
  cardNote: 'Written with the run. Copy it, or print this page.',
  tripodTitle: 'TRIPOD+AI: what was reported where',
  noCard: 'A model card is written once a model is fitted.',
  copyCard: 'Copy model card',
  print: 'Print',
  keep: 'Keep this model…',
  keepTitle: 'Keep this model',
  keepWhat:
    'The model is fitted once more on the same data and kept, with its checks. It raises no signals until a clinician other than you puts it into use.',
  keepConfirm: 'Keep',
  keeping: 'Fitting the model once more',
  kept: (model: number) => `Kept as model ${model}. A clinician other than you can put it into use.`,
  reason: 'Reason',
  reasonHint: 'Goes into the audit log. Name nobody.',
  cancel: 'Cancel',
  modelsTitle: 'Kept models',
  modelsNote:
    'Only the model in use raises signals, and whoever kept a model never puts it into use. Offers from: the chance at or above which support is offered.',
  noModels: 'No model is kept',
  noModelsAnalyst:
    'Run the early warning above. A run that is fit for use can be kept, and a clinician then decides whether it is used.',
  noModelsOthers: 'An analyst keeps a run that is fit for use; it is then listed here for a clinician to decide.',
  states: { kept: 'Not in use', 'in use': 'In use', 'out of use': 'Taken out of use' },
  model: 'Model',
  foretells: 'Foretells',
  within: (days: number) => `within ${plural(days, 'day')}`,
  keptBy: 'Kept by',
  asOfDay: 'Data as of',
  threshold: 'Offers from',
  state: 'State',
  changedBy: 'Last decision',
  notDecided: 'None yet',
  decide: 'Decide',
  use: 'Put into use…',
  putTitle: (model: number) => `Put model ${model} into use?`,
  putWhat:
    'From now on it raises signals in Cases, each with its reasons in words. Whoever it names is offered support only after a clinician has looked.',
  putInstead: (model: number) => `Model ${model} is in use now, and will be so no longer.`,
  putConfirm: 'Put into use',
  stop: 'Take out of use…',
  stopTitle: (model: number) => `Take model ${model} out of use?`,
  stopWhat: 'It raises no more signals. Those that it has raised stay in Cases.',
  stopConfirm: 'Take out of use',
} as const;
