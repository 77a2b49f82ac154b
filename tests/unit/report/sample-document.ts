import type { ReportDocument, TableCellValue, TableData } from '#shared/report/document.ts';

/** Small seeded generator (mulberry32): the sample's numbers are made up and the same in every run. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = generator(20_260_331);

export function monthsFrom(year: number, month: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = year * 12 + month - 1 + index;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

const months = monthsFrom(2024, 4, 24);
const monthly = months.map((_, index) =>
  Math.round(1_180 + 60 * Math.sin(index / 2) + 120 * (random() - 0.5) + (index > 16 ? 130 : 0)),
);
const centre = monthly.slice(0, 12).reduce((total, value) => total + value, 0) / 12;
const categories = ['Deaths', 'Child harm', 'Fatal collisions'];
const byCategory = categories.map((name, index) => ({
  name,
  values: months.map(() => Math.round(90 + 70 * index + 30 * random())),
}));
const units = [
  'Response North',
  'Response South',
  'Roads Policing',
  'Public Protection',
  'Digital Forensics',
  'Contact and Control Room',
  'Neighbourhood',
  'Custody',
];

const text = (value: string): TableCellValue => ({ kind: 'text', text: value });
const number = (value: number, decimals = 0): TableCellValue => ({ kind: 'number', value, decimals });

const monthTable: TableData = {
  columns: [
    { label: 'Month', align: 'start' },
    { label: 'Exposures', align: 'end' },
    { label: 'Change', unit: 'on the month before', align: 'end' },
  ],
  rows: months.map((month, index) => ({
    cells: [
      { kind: 'date', iso: month },
      number(monthly[index]!),
      index === 0 ? { kind: 'empty' } : number(monthly[index]! - monthly[index - 1]!),
    ],
  })),
  notes: ['Counts are unweighted (scheme count-v1).'],
};

const rates = units.map((unit, index) => {
  const rate = 14 - index * 1.3 + random();
  const half = 0.6 + random();
  return { unit, n: index === 7 ? ('withheld' as const) : 420 - index * 45, rate, low: rate - half, high: rate + half };
});

const unitTable: TableData = {
  columns: [
    { label: 'Unit', align: 'start' },
    { label: 'People', unit: 'in post', align: 'end' },
    { label: 'Exposures', unit: '365 days', align: 'end' },
    { label: 'Per person', align: 'end' },
    { label: '95% interval', align: 'end' },
    { label: 'Above caseness', unit: 'share', align: 'end' },
  ],
  rows: [
    ...rates.map((each, index) => ({
      cells: [
        text(each.unit),
        each.n === 'withheld' ? ({ kind: 'withheld', reason: 'primary' } as const) : number(each.n),
        index === 6
          ? ({ kind: 'withheld', reason: 'complementary' } as const)
          : each.n === 'withheld'
            ? ({ kind: 'withheld', reason: 'primary' } as const)
            : number(Math.round(each.n * each.rate)),
        index >= 6 ? ({ kind: 'withheld', reason: 'derived' } as const) : number(each.rate, 1),
        index >= 6
          ? ({ kind: 'empty' } as const)
          : ({ kind: 'interval', low: each.low, high: each.high, decimals: 1 } as const),
        index >= 5
          ? ({ kind: 'not-assessable' } as const)
          : ({ kind: 'share', value: 0.08 + 0.02 * index, decimals: 1 } as const),
      ],
    })),
    {
      role: 'total',
      cells: [
        text('Force'),
        number(2_214),
        number(24_310),
        number(11, 1),
        { kind: 'interval', low: 10.7, high: 11.3, decimals: 1 },
        { kind: 'share', value: 0.118, decimals: 1 },
      ],
    },
  ],
  notes: ['People in post on the last day of the period.', 'Intervals by the Wilson and Byar methods.'],
  threshold: 5,
};

const bins = ['0', '1\u20134', '5\u20139', '10\u201314', '15\u201319', '20\u201329', '30\u201339', '40+'];
const binCounts = [212, 486, 610, 420, 251, 160, 61, 14];

/** One report with every kind of block and every kind of chart. All of it made up. */
export const sampleDocument: ReportDocument = {
  title: 'Exposure and wellbeing: how high the water came',
  subtitle: 'April 2024 to March 2026',
  marking: 'OFFICIAL-SENSITIVE',
  language: 'en-GB',
  dataTo: '2026-03-31',
  about:
    'For the chief officer lead for wellbeing. It shows how much trauma our people have met, where it gathers, and what can and cannot be said from it.',
  sections: [
    {
      id: 'summary',
      heading: 'Summary',
      blocks: [
        {
          kind: 'callout',
          tone: 'synthetic',
          title: 'Synthetic data',
          text: ['Every number in this report was made by a generator. No person, unit or force is described.'],
        },
        {
          kind: 'paragraph',
          tone: 'lead',
          text: [
            'Exposure rose by ',
            { text: '11%', emphasis: 'strong' },
            ' in the last seven months and the rise is more than month-to-month noise.',
          ],
        },
        {
          kind: 'key-figures',
          figures: [
            { value: '2,214', label: 'people in post', note: 'on 31 Mar 2026' },
            { value: '29,871', label: 'exposures', note: '24 months' },
            { value: '11.0', label: 'per person a year', note: '95% interval 10.7 to 11.3' },
            { value: '97.4%', label: 'coverage', note: 'of rows have a rule' },
          ],
        },
        {
          kind: 'list',
          ordered: false,
          items: [
            'Two response teams carry 41% of all exposures with 29% of the people.',
            [
              'Digital Forensics has few attendances but ',
              { text: 'many hours', emphasis: 'emphasis' },
              ' of material; counts understate it.',
            ],
            'Custody is too small to show on its own.',
          ],
        },
        {
          kind: 'callout',
          tone: 'finding',
          title: 'What to do with this',
          text: [
            'Offer a check-in to the two teams above the upper limit. An offer of support is not a verdict on anybody.',
          ],
        },
      ],
    },
    {
      id: 'trend',
      heading: 'Trend',
      blocks: [
        {
          kind: 'figure',
          title: 'Exposure has run above its limits since September 2025',
          caption:
            'Exposures a month, all categories, April 2024 to March 2026. Mean and limits from the first twelve months.',
          description:
            'A run chart of 24 months. The first 17 months vary about a mean of about 1,180; the last seven lie above it, three of them above the upper limit.',
          chart: {
            kind: 'trend',
            measure: 'Exposures a month',
            decimals: 0,
            months,
            series: [{ name: 'Exposures', values: monthly }],
            centre: { value: centre, label: 'Mean' },
            limits: { lower: centre - 130, upper: centre + 130, label: 'limit' },
            flags: months.flatMap((_, index) =>
              monthly[index]! > centre + 130 ? [{ index, rule: 'outside limits' }] : [],
            ),
            events: [{ month: '2025-08', label: 'New shift pattern' }],
          },
          data: monthTable,
        },
        {
          kind: 'paragraph',
          text: 'The rule that fired is seven points on one side of the mean. It says that something changed, not what. The change of shift pattern in August 2025 came first; so did a change in how incidents are coded.',
        },
        {
          kind: 'figure',
          title: 'Fatal collisions are met more often than child harm, and neither is rising',
          caption: 'Exposures a month by category; June 2024 withheld in one.',
          description:
            'Three lines over 24 months, each level. Fatal collisions lie highest at about 245 a month, then child harm at 175, then deaths at 105.',
          chart: {
            kind: 'trend',
            measure: 'Exposures a month',
            decimals: 0,
            months,
            series: byCategory.map((series, index) =>
              index === 0
                ? { ...series, values: series.values.map((value, at) => (at === 2 ? 'withheld' : value)) }
                : series,
            ),
          },
          data: {
            columns: [
              { label: 'Category', align: 'start' },
              { label: 'Mean a month', align: 'end' },
            ],
            rows: byCategory.map((series) => ({
              cells: [text(series.name), number(series.values.reduce((total, value) => total + value, 0) / 24, 1)],
            })),
            notes: [],
          },
        },
      ],
    },
    {
      id: 'teams',
      heading: 'Teams',
      blocks: [
        {
          kind: 'figure',
          title: 'Response teams meet three times what neighbourhood teams meet',
          caption: 'Exposures per person in 365 days to 31 Mar 2026, with 95% intervals.',
          description:
            'Horizontal bars for eight units, from 14 exposures per person in Response North down to 6 in Neighbourhood. Custody is withheld.',
          chart: {
            kind: 'bars',
            measure: 'Exposures per person in 365 days',
            decimals: 1,
            bars: rates.map((each) =>
              each.n === 'withheld'
                ? { label: each.unit, value: 'withheld', n: 'withheld' }
                : { label: each.unit, value: each.rate, n: each.n, low: each.low, high: each.high },
            ),
            reference: { value: 11, label: 'Force' },
          },
          data: unitTable,
        },
        { kind: 'table', caption: 'People, exposures and caseness by unit', ...unitTable },
        { kind: 'heading', text: 'Month by month' },
        {
          kind: 'figure',
          title: 'The winter peak is in the control room as much as on the road',
          caption: 'Exposures by unit and month, April 2025 to March 2026.',
          description:
            'A grid of eight units by twelve months. The darkest cells are Response North and the Contact and Control Room in December and January.',
          chart: {
            kind: 'heat-map',
            measure: 'Exposures',
            decimals: 0,
            months: months.slice(12),
            units,
            values: units.map((_, unit) =>
              months
                .slice(12)
                .map((_month, month) =>
                  unit === 7 && month % 3 === 0
                    ? 'withheld'
                    : Math.round((120 - unit * 14) * (0.5 + 0.5 * random()) + (month === 8 || month === 9 ? 30 : 0)),
                ),
            ),
          },
          data: unitTable,
        },
      ],
    },
    {
      id: 'people',
      heading: 'How exposure is shared',
      blocks: [
        {
          kind: 'figure',
          title: 'Half of all people met fewer than eight events; one in ten met more than twenty',
          caption: 'People by number of exposures in 365 days to 31 Mar 2026.',
          description:
            'A histogram of 2,214 people in eight bins, peaking at 5 to 9 exposures with a long tail to the right.',
          chart: {
            kind: 'histogram',
            measure: 'Exposures in 365 days',
            counted: 'People',
            bins: bins.map((label, index) => ({ label, count: index === 7 ? 'withheld' : binCounts[index]! })),
            marks: [
              { position: 2.6, label: 'median 8' },
              { position: 5.4, label: '90th percentile 23' },
            ],
          },
          data: {
            columns: [
              { label: 'Exposures', align: 'start' },
              { label: 'People', align: 'end' },
            ],
            rows: bins.map((label, index) => ({
              cells: [text(label), index === 7 ? { kind: 'withheld', reason: 'primary' } : number(binCounts[index]!)],
            })),
            notes: [],
            threshold: 5,
          },
        },
        {
          kind: 'figure',
          title: 'Within teams the spread is wider than between them',
          caption: 'Exposures per person in 365 days.',
          description: 'Box plots for four roles. Medians between 4 and 13; the boxes overlap.',
          chart: {
            kind: 'boxes',
            measure: 'Exposures in 365 days',
            decimals: 0,
            whiskers: '10th to 90th percentile',
            groups: [
              { label: 'Response officer', n: 612, five: [4, 8, 13, 19, 27] },
              { label: 'Call handler', n: 240, five: [2, 6, 10, 15, 22] },
              { label: 'Digital forensic examiner', n: 38, five: [3, 6, 9, 14, 21] },
              { label: 'Family liaison officer', n: 'withheld', five: null },
            ],
          },
          data: {
            columns: [
              { label: 'Role', align: 'start' },
              { label: 'Median', align: 'end' },
            ],
            rows: [{ cells: [text('Response officer'), number(13)] }, { cells: [text('Call handler'), number(10)] }],
            notes: [],
          },
        },
      ],
    },
    {
      id: 'method',
      heading: 'Method and limits',
      blocks: [
        {
          kind: 'paragraph',
          text: [
            'Each exposure counts once. The decayed load uses a half-life of 180 days: ',
            { text: 'load = Σ 2^(−(t − day)/180)', emphasis: 'code' },
            '.',
          ],
        },
        {
          kind: 'callout',
          tone: 'limits',
          title: 'Limits',
          text: [
            'Attendance is not the same as exposure: a person may be logged as attending and see little, or not be logged and see much.',
            'Units are those in post on the last day; people who moved carry their history with them.',
          ],
        },
        {
          kind: 'definitions',
          items: [
            {
              term: 'Exposure',
              meaning: 'One person at one potentially traumatic incident of one category, counted at first arrival.',
            },
            { term: 'Coverage', meaning: 'Attendances whose incident code has a rule, as a share of all.' },
            {
              term: 'Caseness',
              meaning: [
                'A score at or above the cut-off of ',
                { text: 'PHQ-9', emphasis: 'strong' },
                ' (10) or GAD-7 (8).',
              ],
            },
          ],
        },
        {
          kind: 'list',
          ordered: true,
          items: [
            'Read the extracts.',
            'Remove duplicates by person, time, category and incident.',
            'Count within each window.',
          ],
        },
        {
          kind: 'callout',
          tone: 'caution',
          title: 'Coding changed',
          text: ['Codes were revised in July 2025. Compare across that month with care.'],
        },
        {
          kind: 'narrative',
          parts: [
            {
              kind: 'paragraph',
              text: ['The North had ', { text: '184 [now 185]', emphasis: 'changed' }, ' of them in the period.'],
            },
            { kind: 'list', ordered: false, items: ['Nights were hardest.', 'The new roster began in May.'] },
          ],
        },
        { kind: 'page-break' },
        {
          kind: 'provenance',
          title: 'Where these numbers come from',
          entries: [
            { name: 'Method', value: 'exposure-load 1.0, exposure-series 1.0' },
            { name: 'Scheme', value: 'count-v1' },
            { name: 'Snapshot', value: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', code: true },
            { name: 'Batches', value: '3 (people 2,214 rows; exposures 29,871 rows; screenings 1,940 rows)' },
          ],
        },
        {
          kind: 'paragraph',
          tone: 'small',
          text: 'This report can be re-run and compared, result by result and byte by byte, with its manifest.',
        },
      ],
    },
  ],
};
