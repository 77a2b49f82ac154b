import { modeOf, type ReviewProtocol, type ReviewQuestion, type ScreeningStage, screeningStages } from './review.ts';

/** What a protocol lacks, by the field where it belongs. */
export type ProtocolGap = { readonly field: string; readonly words: string };

type Ask = readonly [field: string, isThere: (protocol: ReviewProtocol) => boolean, words: string];

const asked: readonly Ask[] = [
  [
    'question',
    ({ question }) => isAsked(question),
    'the question: whom it is about, what is done, and what is looked at',
  ],
  ['inclusion', ({ inclusion }) => inclusion.length > 0, 'what is included'],
  ['exclusion', ({ exclusion }) => exclusion.length > 0, 'the reasons for exclusion, each with its code'],
  ['databases', ({ databases }) => databases.length > 0, 'where is searched'],
  [
    'limits',
    ({ kind, limits }) => kind === 'full' || limits.length > 0,
    'in which ways the review is less than a full one',
  ],
  [
    'limits.likelyBias',
    ({ limits }) => limits.every(({ likelyBias }) => likelyBias !== ''),
    'what each limit is likely to do to the answer',
  ],
  [
    'reviewers',
    (protocol) => protocol.reviewers.length >= reviewersNeeded(protocol),
    'enough reviewers for its screening',
  ],
  ['synthesis', ({ synthesis }) => synthesis !== '', 'how the findings are brought together'],
];

function isAsked(question: ReviewQuestion): boolean {
  return question.framework === 'PICO'
    ? question.population !== '' && question.intervention !== '' && question.outcome !== ''
    : question.setting !== '' && question.intervention !== '' && question.evaluation !== '';
}

function reviewersNeeded(protocol: ReviewProtocol): number {
  return Math.max(...screeningStages.map((stage) => mostDeciders(protocol, stage)));
}

/** How many people at most decide on one record of a stage. */
function mostDeciders(protocol: ReviewProtocol, stage: ScreeningStage): 1 | 2 {
  const mode = modeOf(protocol, stage);
  return mode.by === 'two' || mode.checkedShare > 0 ? 2 : 1;
}

/** Everything that a protocol lacks before it can be registered; none where it is complete. */
export function protocolGaps(protocol: ReviewProtocol): ProtocolGap[] {
  return asked.flatMap(([field, isThere, words]) => (isThere(protocol) ? [] : [{ field, words }]));
}
