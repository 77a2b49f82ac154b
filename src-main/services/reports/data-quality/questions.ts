/** A question that Tidemark answers, the analyses that answer it, and the extracts it rests on. */
export type Question = {
  readonly asks: string;
  readonly methods: readonly string[];
  /** Without one of each list it cannot be answered. */
  readonly needs: readonly (readonly string[])[];
  /** What makes the answer better; without it part of the answer is missing. */
  readonly better: readonly { readonly kind: string; readonly without: string }[];
};

const events = ['exposures', 'attendances'] as const;

export const questions: readonly Question[] = [
  {
    asks: 'How much exposure there is, of what kind, for whom and where',
    methods: ['exposure-load', 'exposure-series', 'exposure-period', 'signals'],
    needs: [['people'], events],
    better: [],
  },
  {
    asks: 'Whether exposure is rising, and which teams carry most for their duty days',
    methods: ['exposure-trend'],
    needs: [['people'], events],
    better: [{ kind: 'duties', without: 'no rate for each 100 duty days' }],
  },
  {
    asks: 'How those are doing who answered a screening',
    methods: ['screening-summary'],
    needs: [['people'], ['screenings']],
    better: [],
  },
  {
    asks: 'Whether exposure goes with later scores',
    methods: ['exposure-outcome'],
    needs: [['people'], events, ['screenings']],
    better: [],
  },
  {
    asks: 'How many days are lost, for what reason, and how soon people return',
    methods: ['absence'],
    needs: [['people'], ['absences']],
    better: [{ kind: 'postings', without: 'unit and role are those of today, whoever moved' }],
  },
  {
    asks: 'Who may soon need support (early warning)',
    methods: ['early-warning'],
    needs: [['people'], ['screenings'], ['absences']],
    better: [
      { kind: 'duties', without: 'nights, overtime, cancelled rest days and short gaps are 0 for everybody' },
      { kind: 'postings', without: 'unit and role are those of today, whoever moved' },
    ],
  },
  {
    asks: 'What families say of work and home',
    methods: ['family-impact'],
    needs: [['families']],
    better: [],
  },
  {
    asks: 'Who takes up support, how long they wait, and who is missed',
    methods: ['support-uptake'],
    needs: [['people'], ['support']],
    better: [{ kind: 'costs', without: 'no cost beside what the directory of services says' }],
  },
  {
    asks: 'Whether the peer network reaches those who ask',
    methods: ['peer-network'],
    needs: [['volunteers'], ['peer_requests']],
    better: [{ kind: 'peer_contacts', without: 'no load, no supervision, no time to a first contact' }],
  },
  {
    asks: 'Whether pilots are delivered as planned, and what they do',
    methods: ['pilot-fidelity', 'pilot-evaluation'],
    needs: [['pilot_enrolments', 'pilot_clusters']],
    better: [
      { kind: 'pilot_session_plan', without: 'nothing is known of what was planned' },
      { kind: 'pilot_sessions', without: 'nothing is known of what was delivered' },
      { kind: 'adverse_events', without: 'harm is not known' },
    ],
  },
];

export type Answerable = {
  readonly question: Question;
  /** Lists of extracts of which one is needed and none is held. */
  readonly lacking: readonly (readonly string[])[];
  readonly without: readonly string[];
};

/** @param held kinds of extracts with at least one row */
export function answerable(held: ReadonlySet<string>): readonly Answerable[] {
  return questions.map((question) => ({
    question,
    lacking: question.needs.filter((kinds) => !kinds.some((kind) => held.has(kind))),
    without: question.better.filter(({ kind }) => !held.has(kind)).map(({ without }) => without),
  }));
}

/** Which of them an extract of a kind is part of, in their order. */
export function touchedBy(kind: string): readonly string[] {
  return questions
    .filter(
      ({ needs, better }) => needs.some((kinds) => kinds.includes(kind)) || better.some((one) => one.kind === kind),
    )
    .flatMap(({ methods }) => methods);
}
