import { rText } from '#main/stats/r/script.ts';
import { plainMonth, plainNumber } from '../exposure/words.ts';
import type { Indicator } from './evaluate.ts';

const limits =
  'An indicator shows that something has changed, not why. One month outside its limits or a run on one side asks for a look at the work, never at a person.';

const ruleWords: Readonly<Record<string, string>> = {
  outside: 'outside the limits',
  shift: 'part of a run of seven or more on one side of the mean',
  trend: 'part of seven or more rising or falling in a row',
  twoOfThree: 'one of two in three near a limit',
};

/** One sentence an indicator, then what cannot be said. */
export function readIndicators(indicators: readonly Indicator[]): string[] {
  const said = indicators.filter(({ chart }) => chart.points.some(({ state }) => state === 'measured'));
  const unsaid = indicators.filter((indicator) => !said.includes(indicator));
  return [
    ...said.map(latestWords),
    ...(unsaid.length > 0 ? [`Not measurable or withheld: ${unsaid.map(reasonWords).join(' ')}`] : []),
    limits,
  ];
}

function latestWords(indicator: Indicator): string {
  const { definition, chart } = indicator;
  const latest = chart.points.findLast(({ state }) => state === 'measured');
  if (!latest) return '';
  const value = `${definition.title}: ${plainNumber(latest.value ?? 0)} ${definition.unit} in ${plainMonth(latest.month)}`;
  const usual = chart.centre === null ? '' : `, with a mean of ${plainNumber(chart.centre)} over the months shown`;
  const rules = latest.signals.map((rule) => ruleWords[rule] ?? rule);
  const signal =
    rules.length > 0
      ? `; this is ${rules.join(' and ')}`
      : chart.centre === null
        ? ''
        : '; nothing out of the ordinary';
  return `${value}${usual}${signal}${targetWords(indicator, latest.value ?? 0)}.`;
}

/** NHS England, Making Data Count: a target outside the limits is met or missed every time, one inside them by chance. */
const assuranceWords = {
  pass: 'consistently passing: every month within the limits meets it',
  fail: 'consistently failing: no month within the limits meets it',
  'hit or miss': 'hit and miss: it lies within the limits, so that chance decides',
} as const;

function targetWords({ definition: { better }, target, chart }: Indicator, value: number): string {
  if (target === null || better === 'neither') return '';
  const met = better === 'high' ? value >= target.value : value <= target.value;
  const words =
    chart.assurance === null ? 'too few months to say whether it is met by chance' : assuranceWords[chart.assurance];
  return `; the target of ${plainNumber(target.value)} is ${met ? 'met' : 'not met'} (${words})`;
}

function reasonWords({ definition, notMeasurable, chart }: Indicator): string {
  const reason =
    notMeasurable ?? chart.points.findLast(({ reason: one }) => one !== null)?.reason ?? 'It cannot be measured.';
  return `${definition.title} (${reason.replace(/\.$/, '')}).`;
}

export function indicatorWarnings(indicators: readonly Indicator[]): string[] {
  return indicators.flatMap(({ definition, chart }) =>
    chart.warnings.map((warning) => `${definition.title}: ${warning}`),
  );
}

/** One script for R, an indicator after the other; what each finds is in `results` by its name. */
export function indicatorsScript(indicators: readonly Indicator[]): string {
  const parts = indicators.flatMap(({ id, definition, chart }) =>
    chart.r === ''
      ? []
      : [
          `# ${definition.title}: the months with a value, oldest first.\n${chart.r.trimEnd()}\nresults[[${rText(id)}]] <- result`,
        ],
  );
  return `# Run charts of indicators, from the months that the result shows. Base R only.
# Not worked out here, because it takes rows of single people, and those stay in the vault: the value of each month.
results <- list()
${parts.join('\n\n')}
result <- results
`;
}
