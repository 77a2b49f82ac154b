import type { ReleasedCounts } from '#main/disclosure/released-counts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { AddedSection } from '#shared/contract/report-spec.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import { ExpectedError, ok, type Result } from '#shared/domain/result.ts';
import type { ReportSection } from '#shared/report/document.ts';
import { runAnalysis } from '../../analyses/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { activityList, plannedActions } from '../../plan/index.ts';
import { judgeFamilyCounts } from '../family-counts.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { standingTogether } from '../standing-together.ts';
import type { AddedPart, Measures } from './added-part.ts';
import { familiesPart, familyCounts } from './families-part.ts';
import { peerNetworkPart } from './peer-network-part.ts';
import { type AskedActivity, planPart } from './plan-part.ts';
import { supportPart } from './support-part.ts';

/** Period of the report, and the least counts that it shows of measures of the workforce and clinical ones. */
type Asked = {
  readonly from: string;
  readonly to: string;
  readonly threshold: number;
  readonly clinicalThreshold: number;
};
type Added = Pick<MadeReport, 'release' | 'analyses'> & {
  readonly sections: readonly ReportSection[];
  /** Sections that are withheld or have nothing to say, and why. */
  readonly notes: readonly string[];
};

const thresholds: Readonly<Record<Measures, number>> = { workforce: 5, clinical: 10 };

/** The longest and shortest that the network can look back, in days. */
const lookBack = { least: 28, most: 3_660 } as const;

/** Sections that show one analysis. */
type AnalysedSection = Exclude<AddedSection, 'plan'>;

function questionOf(section: AnalysedSection, { from, to, clinicalThreshold }: Asked) {
  const minimum = Math.max(thresholds.clinical, clinicalThreshold);
  if (section === 'families') return { method: 'family-impact', spec: {} };
  if (section === 'support') return { method: 'support-uptake', spec: { from, to, minimum } };
  const days = (dayOfIso(to) ?? 0) - (dayOfIso(from) ?? 0) + 1;
  return {
    method: 'peer-network',
    spec: { asOf: to, days: Math.min(lookBack.most, Math.max(lookBack.least, days)), minimum },
  };
}

const parts: Readonly<Record<AnalysedSection, (analysis: AnalysisResult) => AddedPart>> = {
  families: familiesPart,
  support: supportPart,
  'peer-network': peerNetworkPart,
};

const headings: Readonly<Record<AddedSection, string>> = {
  families: 'Families',
  support: 'Support offered and taken up',
  'peer-network': 'The peer network',
  plan: 'The plan',
};

function withOneParagraph(section: AddedSection, text: string): ReportSection {
  return { id: section, heading: headings[section], blocks: [{ kind: 'paragraph', text }] };
}

/** An analysis on a thread of its own throws where it has nothing to say. */
export async function answered(running: ReturnType<typeof runAnalysis>): ReturnType<typeof runAnalysis> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof ExpectedError) return { ok: false, error: error.error };
    throw error;
  }
}

async function partOf(context: VaultContext, section: AddedSection, asked: Asked): Promise<Result<AddedPart>> {
  if (section === 'plan') return planOf(context, asked);
  const { method, spec } = questionOf(section, asked);
  const answer = await answered(runAnalysis(context, method, spec));
  return answer.ok ? ok(parts[section](answer.value)) : answer;
}

/** The plan as it stands, with the figures of what ended in the period. */
async function planOf(context: VaultContext, { from, to, threshold }: Asked): Promise<Result<AddedPart>> {
  const ended = activityList(context).activities.filter((activity) => activity.to >= from && activity.to <= to);
  const asked: AskedActivity[] = [];
  for (const activity of ended) {
    const spec = { activity: activity.activity, minimum: Math.max(thresholds.workforce, threshold) };
    const answer = await answered(runAnalysis(context, 'engagement', spec));
    if (!answer.ok) return answer;
    asked.push({ activity, analysis: answer.value });
  }
  return ok(planPart(plannedActions(context, to), asked, to));
}

/**
 * Sections of other places in a report, in the order asked for, each judged with what was let out before. A section whose counts
 * cannot stand beside those is withheld as a whole; one whose analysis has nothing to say says so.
 */
export async function addedSections(
  context: VaultContext,
  wanted: readonly AddedSection[],
  asked: Asked,
  earlier: readonly ReleaseBody[],
): Promise<Result<Added>> {
  const sections: ReportSection[] = [];
  const analyses: AnalysisResult[] = [];
  const notes: string[] = [];
  const letOut: Record<Measures, ReleasedCounts[]> = { workforce: [], clinical: [] };
  let [counts, withheld] = [0, 0];
  for (const section of wanted) {
    const made = await partOf(context, section, asked);
    if (!made.ok && made.error.code === 'REFUSED_MODEL') {
      sections.push(withOneParagraph(section, made.error.message));
      notes.push(`${headings[section]}: ${made.error.message}`);
      continue;
    }
    if (!made.ok) return made;
    const part = made.value;
    analyses.push(...part.analyses);
    const judged = await judgePart(part, earlier, context.signal);
    counts += part.withheld + judged.counts;
    withheld += part.withheld + (judged.released === null ? judged.counts : 0);
    const withoutCounts = part.withoutCounts ?? withOneParagraph(section, besideEarlier);
    sections.push(judged.released === null ? withoutCounts : part.section);
    if (judged.released === null) notes.push(`${headings[section]}: ${besideEarlier}`);
    for (const measures of ['workforce', 'clinical'] as const) {
      if (judged.released !== null) letOut[measures].push(judged.released[measures]);
    }
  }
  const all = (measures: Measures): ReleasedCounts => ({
    cells: letOut[measures].flatMap(({ cells }) => cells),
    sums: letOut[measures].flatMap(({ sums }) => sums),
    threshold: thresholds[measures],
  });
  return ok({
    sections,
    analyses,
    notes,
    release: { counts, withheld, body: { workforce: all('workforce'), clinical: all('clinical') } },
  });
}

export const besideEarlier =
  'This section is withheld: beside reports that were released before, a small number could be worked out from it.';

type JudgedPart = { readonly released: ReleaseBody | null; readonly counts: number };

/** All counts of a part beside those that are out: what goes into the log of releases, or nothing where they cannot stand. */
export async function judgePart(
  part: AddedPart,
  earlier: readonly ReleaseBody[],
  signal: AbortSignal,
): Promise<JudgedPart> {
  const [analysis] = part.analyses;
  if (analysis?.method === 'family-impact') return judgeFamilies(analysis, earlier);
  const released = { workforce: null as ReleasedCounts | null, clinical: null as ReleasedCounts | null };
  for (const measures of ['workforce', 'clinical'] as const) {
    const cells = part.counts[measures];
    const counts = { cells, sums: part.sums?.[measures] ?? [], threshold: thresholds[measures] };
    const before = earlier.map((release) => release[measures]);
    released[measures] = await standingTogether(counts, before, signal);
  }
  const counts = part.counts.workforce.length + part.counts.clinical.length;
  const { workforce, clinical } = released;
  return { released: workforce === null || clinical === null ? null : { workforce, clinical }, counts };
}

function judgeFamilies(analysis: AnalysisResult, earlier: readonly ReleaseBody[]): JudgedPart {
  const result = analysis.result as unknown as FamilyImpactResult;
  const told = familyCounts(result).filter(({ count }) => count !== null);
  const { shown, released } = judgeFamilyCounts(
    { wave: result.wave, day: analysis.asOf },
    told,
    earlier.map(({ clinical }) => clinical),
  );
  const stands = told.every(({ of }) => shown.get(of)?.value !== null);
  const workforce = { cells: [], sums: [], threshold: thresholds.workforce };
  return { released: stands ? { workforce, clinical: released } : null, counts: told.length };
}
