import type { InputOf } from '#shared/contract/index.ts';
import type { Caller } from '../engine-session.ts';

type Trial = readonly [
  study: string,
  year: number,
  delivery: 'app' | 'group',
  effect: number,
  n: number,
  risk: 'low' | 'some concerns' | 'high',
];

/** Trials that do not exist, of brief sessions against support as usual. */
const trials: readonly Trial[] = [
  ['Harbour trial', 2016, 'group', -0.41, 96, 'some concerns'],
  ['Northern trial', 2017, 'app', -0.12, 310, 'low'],
  ['Two-force trial', 2018, 'group', -0.33, 220, 'low'],
  ['Night-shift trial', 2018, 'group', -0.52, 64, 'high'],
  ['Control-room trial', 2019, 'app', -0.08, 280, 'some concerns'],
  ['Recruit trial', 2020, 'group', -0.27, 150, 'low'],
  ['Island trial', 2021, 'app', -0.22, 118, 'some concerns'],
  ['Response trial', 2021, 'group', -0.36, 340, 'low'],
  ['Online trial', 2022, 'app', -0.15, 520, 'low'],
  ['Custody trial', 2023, 'group', -0.29, 88, 'high'],
  ['Coastal trial', 2024, 'app', -0.19, 205, 'low'],
];

const review = 'Brief sessions';
/** The statement of guidance that it ends in. */
export const demoGuidance = { review, guidance: 'G1' } as const;
const published = 'Published findings';
const domains = ['randomisation', 'deviations', 'missing', 'measurement', 'reporting'];

function studyOf([study, year, delivery, estimate, n]: Trial): InputOf<'evidence.saveStudy'>['study'] {
  // Of two groups of one size.
  const se = Number((2 / Math.sqrt(n)).toFixed(3));
  return {
    ...{ study, title: `${study} ${year}`, year, design: 'randomised', studied: 'police', participants: n },
    reports: [{ citation: `${study}, ${year}: synthetic, no such trial was made.` }],
    groups: { delivery },
    findings: [
      {
        ...{ finding: 'distress after', outcome: 'distress', better: 'low', weeks: 12, where: 'Synthetic' },
        reported: { of: 'effect', measure: 'SMD', estimate, se, n },
      },
    ],
  };
}

function protocolOf(name: string, title: string): InputOf<'reviews.save'>['protocol'] {
  const limit = 'One person extracted and appraised.';
  const likelyBias = 'Slips are seen less often than by two.';
  return { review: name, title, kind: 'rapid', limits: [{ kind: 'extraction', limit, likelyBias }] };
}

/** Two reviews: what is published of police wellbeing, and one of synthetic trials from extraction to guidance. */
export async function reviewEvidence({ call }: Caller): Promise<readonly string[]> {
  await call('reviews.save', { protocol: protocolOf(published, 'What is published of police wellbeing') });
  await call('evidence.startFrom', { review: published, library: 'police-wellbeing' });
  await call('reviews.save', { protocol: protocolOf(review, 'Brief sessions within shifts (synthetic trials)') });
  for (const trial of trials) {
    const [study, , , , , judgement] = trial;
    await call('evidence.saveStudy', { review, study: studyOf(trial) });
    const judged = domains.map((domain) => ({
      ...{ domain, judgement: domain === 'missing' ? judgement : 'low', reason: 'As the synthetic trial has it.' },
    }));
    await call('evidence.appraise', { review, appraisal: { study, tool: 'rob-2', domains: judged } });
  }
  const reading = { importantDifference: 0.2, points: { sd: 5.5, of: 'PHQ-9' }, subgroup: 'delivery' };
  await call('evidence.saveOutcome', {
    review,
    outcome: { outcome: 'distress', title: 'distress', importance: 'critical', measure: 'SMD', ...reading },
  });
  await call('evidence.saveGuidance', {
    review,
    guidance: {
      ...{ guidance: demoGuidance.guidance, who: 'Teams on response and in control rooms', outcomes: ['distress'] },
      what: 'Offer brief sessions within shifts, in groups where that can be done.',
      ...{ strength: 'conditional for', certainty: 'low' },
      reason: 'A small benefit at little cost; nothing tells of harm.',
    },
  });
  const { outcomes } = await call('evidence.summary', { review });
  return outcomes.map(
    ({ row }) => `Brief sessions (synthetic trials), ${row.outcome}: ${row.effect}. ${row.statement}`,
  );
}
