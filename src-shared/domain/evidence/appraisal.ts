import { z } from 'zod';
import { evidenceCodeSchema, studyDesigns } from './study.ts';

/** Answers to signalling questions: what is said outright and what is thought likely count alike in the rules. */
export const signallingAnswers = ['yes', 'probably yes', 'probably no', 'no', 'no information'] as const;
export type SignallingAnswer = (typeof signallingAnswers)[number];

const code = z.string().min(1).max(60);
const said = z.string().trim().min(1).max(2_000);

/** Answers by question, each `Y` (yes, probably yes), `N` (no, probably no) or `?` (no information). */
const answersSchema = z.record(code, z.array(z.enum(['Y', 'N', '?'])).min(1));

const domainSchema = z.strictObject({
  domain: code,
  label: said,
  questions: z.array(z.strictObject({ question: code, words: said })),
  /**
   * Parts of the judgement, of which the worst is the domain's; in each the first rule counts whose every question is answered so.
   * Empty where the tool leaves the judgement to the person.
   */
  parts: z.array(z.array(z.strictObject({ judgement: code, when: answersSchema }))),
});
export type AppraisalDomain = z.output<typeof domainSchema>;

/** A tool of appraisal, in words of our own: what is asked, and how a judgement follows. */
export const appraisalToolSchema = z.strictObject({
  tool: code,
  name: said,
  /** What it judges: how far a finding may be wrong, how strong a design is, or how much is told. */
  judges: z.enum(['bias', 'design', 'coverage']),
  designs: z.array(z.enum(studyDesigns)),
  source: said,
  notes: said,
  /** From the best to the worst. `counts` says what it counts for in GRADE; null where the tool is not about bias. */
  judgements: z.array(
    z.strictObject({ judgement: code, label: said, counts: z.enum(['low', 'some', 'high']).nullable() }),
  ),
  domains: z.array(domainSchema).min(1),
  overall: z.enum(['worst', 'none']),
});
export type AppraisalTool = z.output<typeof appraisalToolSchema>;

const judgedDomainSchema = z.strictObject({
  domain: code,
  answers: z.record(code, z.enum(signallingAnswers)).default({}),
  judgement: code,
  reason: z.string().trim().min(3, 'say why').max(2_000),
  /** Table or page of the paper. */
  where: z.string().trim().max(500).default(''),
});

/** What one person judges of one study by one tool. */
export const appraisalSchema = z.strictObject({
  study: evidenceCodeSchema,
  tool: code,
  domains: z.array(judgedDomainSchema).max(20),
  /** Null is what follows from the domains. */
  overall: z
    .strictObject({ judgement: code, reason: z.string().trim().min(3, 'say why').max(2_000) })
    .nullable()
    .default(null),
});
export type Appraisal = z.output<typeof appraisalSchema>;

const letters: Readonly<Record<SignallingAnswer, 'Y' | 'N' | '?'>> = {
  ...{ yes: 'Y', 'probably yes': 'Y' },
  ...{ no: 'N', 'probably no': 'N' },
  'no information': '?',
};

type Answers = Readonly<Record<string, SignallingAnswer>>;

/** The judgement that the tool's rules give for a domain; null where it has none, or the answers do not reach one. */
export function suggestedJudgement(tool: AppraisalTool, domain: AppraisalDomain, answers: Answers): string | null {
  if (domain.parts.length === 0) return null;
  const found = domain.parts.map((rules) => rules.find(({ when }) => isAnswered(when, answers))?.judgement ?? null);
  return found.includes(null) ? null : worstOf(tool, found as string[]);
}

function isAnswered(when: z.output<typeof answersSchema>, answers: Answers): boolean {
  return Object.entries(when).every(([question, wanted]) => {
    const answer = answers[question];
    return answer !== undefined && wanted.includes(letters[answer]);
  });
}

/** The worst of some judgements of a tool; null of none. */
export function worstOf(tool: AppraisalTool, judgements: readonly string[]): string | null {
  const places = judgements.map((judgement) => tool.judgements.findIndex((known) => known.judgement === judgement));
  return places.length === 0 ? null : (tool.judgements[Math.max(...places)]?.judgement ?? null);
}

/** The judgement over all: the person's, else what follows from the domains once all are judged; null where there is none. */
export function overallJudgement(tool: AppraisalTool, appraisal: Appraisal): string | null {
  if (appraisal.overall !== null) return appraisal.overall.judgement;
  if (tool.overall === 'none') return null;
  const judged = new Map(appraisal.domains.map(({ domain, judgement }) => [domain, judgement]));
  const all = tool.domains.map(({ domain }) => judged.get(domain));
  return all.includes(undefined) ? null : worstOf(tool, all as string[]);
}

/** What an appraisal gets wrong about its tool, in words; empty where nothing. */
export function appraisalFaults(tool: AppraisalTool, appraisal: Appraisal): string[] {
  const known = new Set(tool.judgements.map(({ judgement }) => judgement));
  const named = appraisal.domains.map(({ domain }) => domain);
  const overall = appraisal.overall?.judgement;
  return [
    ...(new Set(named).size < named.length ? ['a domain is judged twice'] : []),
    ...appraisal.domains.flatMap(({ domain, judgement, answers }) => {
      const own = tool.domains.find((candidate) => candidate.domain === domain);
      if (!own) return [`${tool.name} has no domain “${domain}”`];
      const asked = new Set(own.questions.map(({ question }) => question));
      const unasked = Object.keys(answers).filter((question) => !asked.has(question));
      return [
        ...(known.has(judgement) ? [] : [`${tool.name} has no judgement “${judgement}”`]),
        ...unasked.map((question) => `the domain ${domain} has no question “${question}”`),
      ];
    }),
    ...(overall !== undefined && !known.has(overall) ? [`${tool.name} has no judgement “${overall}”`] : []),
  ];
}
