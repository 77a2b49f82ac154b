import type { FamilyArrow, FamilyDiagram, FamilyImpactResult, FamilyNode } from '#shared/domain/family-impact.ts';

/** What a link that the data are sure of says, by whether both went the bad way together or one the other way. */
type Finding = { readonly together: string; readonly apart: string };

const findings: Readonly<Record<string, Finding>> = {
  'officer-exposure officer-conflict': {
    together: 'Officers who had been to more hard events said more often that work got in the way of home life.',
    apart: 'Officers who had been to more hard events said less often that work got in the way of home life.',
  },
  'officer-distress officer-conflict': {
    together: 'Officers who felt more strain said more often that work got in the way of home life.',
    apart: 'Officers who felt more strain said less often that work got in the way of home life.',
  },
  'officer-distress officer-outcome': {
    together: 'Officers who felt more strain were less happy with how things were as a couple.',
    apart: 'Officers who felt more strain were happier with how things were as a couple.',
  },
  'partner-distress partner-outcome': {
    together: 'Partners who felt more strain were less happy with how things were as a couple.',
    apart: 'Partners who felt more strain were happier with how things were as a couple.',
  },
  'officer-distress partner-outcome': {
    together: 'Where officers felt more strain, their partners were less happy with how things were as a couple.',
    apart: 'Where officers felt more strain, their partners were happier with how things were as a couple.',
  },
  'partner-distress officer-outcome': {
    together: 'Where partners felt more strain, the officers were less happy with how things were as a couple.',
    apart: 'Where partners felt more strain, the officers were happier with how things were as a couple.',
  },
};

const nothingClear = 'We looked for links between work, strain and home life. None was clear this time.';
const somethingUnclear = 'Other links that we looked at were not clear this time. They may still be there.';

/** 1 where a higher value is worse for people, −1 where it is better; an exposure more is worse. */
function worseOf(nodes: readonly FamilyNode[], id: string): 1 | -1 {
  return nodes.find((node) => node.id === id)?.measure?.higherIs === 'better' ? -1 : 1;
}

function isClear({ low, high }: FamilyArrow): boolean {
  return low > 0 || high < 0;
}

function findingOf(arrow: FamilyArrow, { nodes }: FamilyDiagram): string | null {
  const { from, to, estimate } = arrow;
  const finding = findings[`${from} ${to}`];
  if (finding === undefined || !isClear(arrow)) return null;
  const together = Math.sign(estimate) * worseOf(nodes, from) * worseOf(nodes, to) > 0;
  return together ? finding.together : finding.apart;
}

function differenceWords({ differences, measures }: FamilyImpactResult): string[] {
  const found = differences.find(({ measure }) => measure.name === measures.distress.name);
  if (found === undefined || found.low === null || found.high === null) return [];
  if (found.low <= 0 && found.high >= 0) return ['Officers and partners felt about the same strain.'];
  const officersHigher = found.low > 0;
  const officersWorse = officersHigher === (measures.distress.higherIs === 'worse');
  return [
    officersWorse
      ? 'On the whole, officers felt more strain than partners did.'
      : 'On the whole, partners felt more strain than officers did.',
  ];
}

const own = {
  officers: findings['officer-distress officer-outcome'],
  partners: findings['partner-distress partner-outcome'],
} as const;

/** Officers and partners in one sentence where the same holds of both. */
function joined(sentences: readonly string[]): readonly string[] {
  const both = (['together', 'apart'] as const).find((way) =>
    [own.officers?.[way], own.partners?.[way]].every((words) => sentences.some((sentence) => sentence === words)),
  );
  if (both === undefined) return sentences;
  const [officers, partners] = [own.officers?.[both] ?? '', own.partners?.[both]];
  return sentences
    .filter((sentence) => sentence !== partners)
    .map((sentence) => (sentence === officers ? sentence.replace('Officers', 'Officers and partners') : sentence));
}

/** What the survey found, one plain sentence a finding; what is not clear is said once, at the end. */
export function sheetFindings(result: FamilyImpactResult): readonly string[] {
  const diagrams = [result.spillover, result.crossover].flatMap((part) =>
    part.refused === null ? [part.diagram] : [],
  );
  const links = diagrams.flatMap((diagram) => diagram.arrows.map((arrow) => findingOf(arrow, diagram)));
  const clear = links.filter((words) => words !== null);
  return [
    ...differenceWords(result),
    ...joined(clear),
    ...(links.length > 0 && clear.length === 0 ? [nothingClear] : []),
    ...(clear.length > 0 && clear.length < links.length ? [somethingUnclear] : []),
    ...(result.crossover.refused === null ? [] : ['Too few couples took part for us to look at couples as pairs.']),
  ];
}
