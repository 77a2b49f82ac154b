import type { MappingRecord } from '#shared/contract/mapping.ts';
import { choiceOf, flagOf } from './choice-words.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Draft } from './draft.ts';
import { bestPhrase } from './name-score.ts';
import { isDateColumn } from './time-columns.ts';
import { phrasesFrom, vocabularies } from './vocabulary.ts';

/** Columns of dates that are each a step of an episode. */
const stepDates: readonly (readonly [step: string, phrases: ReturnType<typeof phrasesFrom>])[] = [
  ['eligible', phrasesFrom('eligible | eligible date | identified | date identified | trigger date | triggered')],
  [
    'offered',
    phrasesFrom('offered | date offered | offer date | support offered | offer made | invited | trim offered'),
  ],
  [
    'referred',
    phrasesFrom(
      'referral date | date referred | referral | referral received | date referral received | received | date received | case opened | opening date | date opening | opening | case opening date | case created | registered | referral made | requested | date requested | request date',
    ),
  ],
  [
    'contacted',
    phrasesFrom(
      'first contact | contact date | contacted | date contacted | date contact | initial contact | first contact date | triage date | triage | triage call | acknowledged | date first contact | initial call | client contacted',
    ),
  ],
  [
    'engaged',
    phrasesFrom(
      'first appointment | appointment date | appointment | date appointment | assessment date | first session | first session date | date seen | seen | consultation date | initial assessment | debrief date | treatment start | start date | start treatment | session 1 | date assessment | attended date | assessment | 72 hours assessment | first assessment | risk assessment | therapy start | intervention start | first attended | engaged | date first session | initial appointment | 3 day assessment | 72 hours | first appointment date | initial assessment date',
    ),
  ],
  [
    'completed',
    phrasesFrom(
      'discharge date | discharge | discharged | closed date | closed | case closed | date closed | completed | completed date | date completed | date discharged | end date | case closed date | treatment end | final session | last session | concluded | one month assessment | 28 day assessment | date discharge | file closed | end treatment | therapy end',
    ),
  ],
  ['declined', phrasesFrom('declined | date declined | declined date | refused | date refused')],
  ['missed', phrasesFrom('dna date | date dna | missed | missed date | did not attend date | date missed')],
];

const nothing: ReadonlySet<string> = new Set();

type StepDate = { readonly step: string; readonly profile: ColumnProfile; readonly score: number };

function findStepDates(draft: Draft): StepDate[] {
  const context = new Set([...(vocabularies.get('support')?.context ?? nothing)].filter((word) => word !== 'referral'));
  const candidates = draft.evidence.profiles
    .filter((profile) => isDateColumn(profile) || (profile.filled === 0 && profile.tokens.includes('date')))
    .filter(
      (profile) =>
        !profile.tokens.some((token) =>
          ['birth', 'expiry', 'incident', 'review', 'due', 'target', 'updated', 'report', 'recorded', 'next'].includes(
            token,
          ),
        ),
    )
    .flatMap((profile) =>
      stepDates.map(([step, phrases]) => ({ step, profile, score: bestPhrase(profile.tokens, phrases, context) })),
    )
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score || a.profile.index - b.profile.index);
  const found: StepDate[] = [];
  for (const candidate of candidates) {
    if (!found.some(({ step, profile }) => step === candidate.step || profile === candidate.profile)) {
      found.push(candidate);
    }
  }
  const order = stepDates.map(([step]) => step);
  return found.sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step) || a.profile.index - b.profile.index);
}

/** Column that says what became of an appointment. */
function outcomeColumn(draft: Draft): ColumnProfile | null {
  const phrases = phrasesFrom(
    'appointment attended | dna | did not attend | attended | attendance | appointment outcome | appointment status | attendance status | outcome | dna flag | attended flag | outcome appointment | attendance outcome | non attendance',
  );
  const ranked = draft.evidence.profiles
    .filter((profile) => profile.filled > 0 && !isDateColumn(profile) && profile.longest <= 80 && profile.number < 0.9)
    .map((profile) => ({
      profile,
      score: bestPhrase(
        profile.tokens.filter((token) => !/^\d+$/.test(token)),
        phrases,
      ),
    }))
    .filter(({ score }) => score >= 0.6)
    .sort((a, b) => b.score - a.score);
  return ranked[0]?.profile ?? null;
}

/** Value of an outcome → step that it shows an appointment to have been. */
function outcomeMeanings(draft: Draft, outcome: ColumnProfile): Record<string, string> | null {
  const step = draft.kind.columns.find((column) => column.name === 'step');
  if (!step) return null;
  const isDna = outcome.tokens.some((token) => ['dna', 'not', 'non'].includes(token));
  const meanings: Record<string, string> = {};
  let telling = 0;
  for (const [text] of outcome.values) {
    const said = flagOf(text);
    if (said !== null) {
      meanings[text] = (said === '1') === isDna ? 'missed' : 'engaged';
      telling += 1;
      continue;
    }
    const meant = choiceOf(step, text);
    if (meant === 'missed' || meant === 'engaged' || meant === 'declined') telling += 1;
    meanings[text] = meant === 'missed' || meant === 'declined' ? meant : 'engaged';
  }
  if (telling === 0) return null;
  for (const word of outcome.nullWords) meanings[word] = 'engaged';
  meanings[''] = 'engaged';
  return meanings;
}

/** Completes a file of support: one row for each step, or one for each episode with a date for every step. */
export function completeSupport(draft: Draft): void {
  const steps = findStepDates(draft);
  const stepColumn = draft.matches.get('step');
  const long =
    stepColumn !== undefined && stepColumn.fit > 0.6 && steps.length < 2 && draft.columns['at'] !== undefined;
  if (!long && steps.length > 0) takeSteps(draft, steps);
  else if (!long) loseStep(draft);
  if (draft.columns['service'] === undefined) nameService(draft);
}

function loseStep(draft: Draft): void {
  if (draft.matches.get('step') !== undefined && (draft.matches.get('step')?.fit ?? 0) <= 0.6) draft.drop('step');
}

function takeSteps(draft: Draft, steps: readonly StepDate[]): void {
  for (const name of ['step', 'at'] as const) {
    draft.drop(name);
    delete draft.values[name];
    delete draft.combine[name];
    delete draft.rules[name];
  }
  const outcome = outcomeColumn(draft);
  const meanings = outcome ? outcomeMeanings(draft, outcome) : null;
  const firstEngaged = steps.find(({ step }) => step === 'engaged')?.profile;
  for (const { step, profile } of steps) {
    draft.dates.push(['at', profile]);
    draft.used.add(profile.index);
    if (profile.date) draft.mend('at', ...profile.date.rules);
    if (profile.serial > 0.02 && !draft.evidence.dateColumns.has(profile.index)) draft.mend('at', 'excel-serial');
    const record: MappingRecord =
      profile === firstEngaged && outcome && meanings
        ? { columns: { at: profile.name, step: outcome.name }, when: profile.name }
        : { columns: { at: profile.name }, constants: { step }, when: profile.name };
    draft.records.push(record);
  }
  if (outcome && meanings && steps.some(({ step }) => step === 'engaged')) {
    draft.values['step'] = meanings;
    draft.used.add(outcome.index);
  }
  draft.mend('at', 'null-words', 'open-end');
  const said = steps.map(({ step, profile }) => `${step} ← “${profile.name}”`).join(', ');
  const [first] = steps;
  draft.sureness.set('step', 0.9);
  draft.sureness.set('at', first?.score ?? 0.8);
  draft.columnReasons.push(
    {
      column: 'at',
      from: steps.map(({ profile }) => profile.name).join(', '),
      confidence: 0.9,
      reason: 'each date is a step of the episode',
    },
    {
      column: 'step',
      from: said,
      confidence: 0.85,
      reason:
        outcome && meanings
          ? `a step for each date; “${outcome.name}” tells whether the appointment was kept`
          : 'a step for each date',
    },
  );
  draft.bonus += 0.1 + 0.05 * Math.min(3, steps.length);
  draft.reasons.push(`Each row becomes a step for each of its dates: ${said}.`);
}

const services: readonly (readonly [pattern: RegExp, service: string])[] = [
  [/\btrim\b/i, 'TRiM'],
  [/\b(?:oh|ohu|occupational health|occ health|cority|opas)\b/i, 'occupational health'],
  [/\b(?:eap|employee assistance)\b/i, 'EAP'],
  [/\bcounsel/i, 'counselling'],
  [/\bpsycholog/i, 'psychology'],
  [/\bphysio/i, 'physiotherapy'],
  [/\bpeer/i, 'peer support'],
  [/\bchaplain/i, 'chaplaincy'],
  [/\bwelfare\b/i, 'welfare'],
];

function nameService(draft: Draft): void {
  const texts = [...draft.evidence.texts, ...draft.evidence.profiles.map((profile) => profile.name)]
    .join(' ')
    .replaceAll(/[_-]/g, ' ');
  const found = services.find(([pattern]) => pattern.test(texts));
  if (found) draft.fill('service', found[1], 0.8, 'the file’s name, its title or its columns say so');
  else draft.fill('service', 'support', 0.4, 'nothing says which service it is');
}
