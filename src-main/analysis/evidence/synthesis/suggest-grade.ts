import {
  certaintyOf,
  downgradeDomains,
  type GradeDomain,
  type GradeSuggestion,
  upgradeDomains,
} from '#shared/domain/evidence/grade.ts';
import { isByChance, type StudiedPeople } from '#shared/domain/evidence/study.ts';
import { type EggerFound, isRefused, type Pooled, type SynthesisRefused } from '#shared/domain/evidence/synthesis.ts';
import { plainNumber } from '../../exposure/words.ts';
import type { ChosenFinding } from './choose-findings.ts';
import { imprecision, inconsistency, type Judged, largeEffect } from './judge-numbers.ts';
import { studiesIn } from './pool.ts';
import type { ReviewSynthesisSpec } from './spec.ts';

export type GradeFacts = {
  readonly chosen: readonly ChosenFinding[];
  /** Per cent of the weight of each finding; shared evenly where the model has no weights. */
  readonly weights: readonly number[];
  readonly pooled: Pooled | SynthesisRefused;
  readonly smallStudies: EggerFound | SynthesisRefused;
  readonly people: number | null;
};

/** How far certainty would go up or down by the numbers alone (GRADE: Guyatt et al. 2011, Journal of Clinical Epidemiology 64). */
export function suggestGrade(facts: GradeFacts, spec: ReviewSynthesisSpec): GradeSuggestion {
  const { start, startWords } = startOf(facts);
  const judged: Readonly<Record<GradeDomain, Judged>> = {
    'risk of bias': riskOfBias(facts),
    inconsistency: inconsistency(facts.pooled, spec, studiesIn(facts.chosen.map(({ row }) => row))),
    indirectness: indirectness(facts),
    imprecision: imprecision(facts.pooled, spec, facts.people),
    'publication bias': publicationBias(facts),
    'large effect': start === 'high' ? notFromHigh : largeEffect(facts.pooled, spec),
    'dose response': start === 'high' ? notFromHigh : left('whether more of it went with more of an effect'),
    'plausible confounding':
      start === 'high' ? notFromHigh : left('whether what was not measured would hide an effect'),
  };
  const domains = [...downgradeDomains, ...upgradeDomains].map((domain) => ({ domain, ...judged[domain] }));
  const certainty = certaintyOf(
    start,
    domains.map(({ levels }) => levels ?? 0),
  );
  return { start, startWords, domains, certainty };
}

const notFromHigh: Judged = { levels: 0, words: 'Only raises what starts low.' };

function left(what: string): Judged {
  return { levels: null, words: `The numbers do not say ${what}.` };
}

function startOf({ chosen }: GradeFacts): Pick<GradeSuggestion, 'start' | 'startWords'> {
  const byChance = chosen.filter(({ row }) => isByChance(row.design)).length;
  if (chosen.length > 0 && byChance === chosen.length) {
    return { start: 'high', startWords: 'Chance decided who was offered it in every study.' };
  }
  return {
    start: 'low',
    startWords:
      byChance === 0
        ? 'Chance decided in no study who was offered it.'
        : `Chance decided in ${byChance} of ${chosen.length} findings: put those together alone to start from high.`,
  };
}

/** Per cent of the weight that has something. */
function weightOf({ chosen, weights }: GradeFacts, has: (chosen: ChosenFinding) => boolean): number {
  return chosen.reduce((sum, each, at) => (has(each) ? sum + (weights[at] ?? 0) : sum), 0);
}

function riskOfBias(facts: GradeFacts): Judged {
  if (facts.chosen.length === 0) return { levels: null, words: 'There is no study to appraise.' };
  const unknown = weightOf(facts, ({ row }) => row.bias === null);
  if (unknown > 50) return { levels: null, words: `Studies with ${percent(unknown)} of the weight are not appraised.` };
  const high = weightOf(facts, ({ row }) => row.bias === 'high');
  const some = weightOf(facts, ({ row }) => row.bias === 'some');
  const words = `${percent(high)} of the weight is of studies at high risk of bias, ${percent(some)} of studies with some concerns.`;
  if (high >= 50) return { levels: -2, words };
  return { levels: high >= 25 || high + some >= 50 ? -1 : 0, words };
}

function indirectness(facts: GradeFacts): Judged {
  if (facts.chosen.length === 0) return { levels: null, words: 'There is no study to look at.' };
  const share = (who: StudiedPeople): number => weightOf(facts, ({ finding }) => finding.studied === who);
  const [emergency, others] = [share('other emergency services'), share('others')];
  const words = `${percent(100 - emergency - others)} of the weight is of police, ${percent(emergency)} of other emergency services. Whether what was offered and measured is what is asked, the numbers do not say.`;
  return { levels: others >= 50 || emergency + others >= 75 ? -1 : 0, words };
}

const asymmetryP = 0.1;

function publicationBias({ smallStudies }: GradeFacts): Judged {
  if (isRefused(smallStudies)) return { levels: null, words: smallStudies.refused };
  const isAsymmetric = smallStudies.p < asymmetryP;
  return {
    levels: isAsymmetric ? -1 : 0,
    words: `Small studies ${isAsymmetric ? 'differ from' : 'do not clearly differ from'} large ones (Egger, p ${smallStudies.p < 0.001 ? 'under 0.001' : `= ${smallStudies.p.toFixed(3)}`}).`,
  };
}

function percent(value: number): string {
  return `${plainNumber(Math.round(value))}%`;
}
