import type { FamilyArrow, FamilyDiagram, FamilyImpactResult, FamilyNode } from '#shared/domain/family-impact.ts';

/** What a link says that the data are sure of: whether both ends were worse together, or one was worse where the other was better. */
type Way = 'together' | 'apart';
type Sentences = Readonly<Record<Way, string>>;
/** Two links that are said in one sentence where they go the same way. */
type Pair = { readonly links: Readonly<Record<string, Sentences>>; readonly both: Sentences };

function conflictWords(who: string): Sentences {
  return {
    together: `Officers who ${who} said more often that work got in the way of home life.`,
    apart: `Officers who ${who} said less often that work got in the way of home life.`,
  };
}

function coupleWords(opening: string): Sentences {
  return {
    together: `${opening} less happy with how things were as a couple.`,
    apart: `${opening} happier with how things were as a couple.`,
  };
}

const pairs: readonly Pair[] = [
  {
    links: {
      'officer-exposure officer-conflict': conflictWords('had been to more hard events'),
      'officer-distress officer-conflict': conflictWords('felt more strain'),
    },
    both: conflictWords('felt more strain, or had been to more hard events,'),
  },
  {
    links: {
      'officer-distress officer-outcome': coupleWords('Officers who felt more strain were'),
      'partner-distress partner-outcome': coupleWords('Partners who felt more strain were'),
    },
    both: coupleWords('Officers and partners who felt more strain were'),
  },
  {
    links: {
      'officer-distress partner-outcome': coupleWords('Where officers felt more strain, their partners were'),
      'partner-distress officer-outcome': coupleWords('Where partners felt more strain, the officers were'),
    },
    both: coupleWords('Where one of the two felt more strain, the other one was'),
  },
];

const nothingClear = 'We looked for links between work, strain and home life. None was clear this time.';
const somethingUnclear = 'Other links that we looked at were not clear this time. They may still be there.';

/** 1 where a higher value is worse for people, −1 where it is better; an exposure more is worse. */
function worseOf(nodes: readonly FamilyNode[], id: string): 1 | -1 {
  return nodes.find((node) => node.id === id)?.measure?.higherIs === 'better' ? -1 : 1;
}

function isClear({ low, high }: FamilyArrow): boolean {
  return low > 0 || high < 0;
}

/** Which way a link goes; null where the data do not tell. */
function wayOf(arrow: FamilyArrow, { nodes }: FamilyDiagram): Way | null {
  const { from, to, estimate } = arrow;
  if (!isClear(arrow)) return null;
  return Math.sign(estimate) * worseOf(nodes, from) * worseOf(nodes, to) > 0 ? 'together' : 'apart';
}

function pairWords({ links, both }: Pair, ways: ReadonlyMap<string, Way | null>): string[] {
  const found = Object.entries(links).map(([link, sentences]) => ({ sentences, way: ways.get(link) ?? null }));
  const [first, second] = found.map(({ way }) => way);
  if (first != null && first === second) return [both[first]];
  return found.flatMap(({ sentences, way }) => (way === null ? [] : [sentences[way]]));
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

/** What the survey found, one plain sentence a finding; what is not clear is said once, at the end. */
export function sheetFindings(result: FamilyImpactResult): readonly string[] {
  const diagrams = [result.spillover, result.crossover].flatMap((part) =>
    part.refused === null ? [part.diagram] : [],
  );
  const ways = new Map(
    diagrams.flatMap((diagram) =>
      diagram.arrows.map((arrow): [string, Way | null] => [`${arrow.from} ${arrow.to}`, wayOf(arrow, diagram)]),
    ),
  );
  const clear = pairs.flatMap((pair) => pairWords(pair, ways));
  const isAnyUnclear = [...ways.values()].includes(null);
  return [
    ...differenceWords(result),
    ...clear,
    ...(isAnyUnclear ? [clear.length === 0 ? nothingClear : somethingUnclear] : []),
    ...(result.crossover.refused === null ? [] : ['Too few couples took part for us to look at couples as pairs.']),
  ];
}
