import { chartOption } from '#shared/charts/chart-option.ts';
import { type ChartSpec, type ChartValue, withheldMarker } from '#shared/charts/chart-spec.ts';
import type { CurvesAxis } from '#shared/charts/curves-spec.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import type { ChartOption, MakeOption } from './base-option.ts';
import { tooltip } from './base-option.ts';

function valueWords(value: ChartValue | undefined, decimals: number, measure: string): string {
  if (value === 'withheld') return `${withheldMarker} withheld`;
  if (value === null || value === undefined) return 'no value';
  return `${formatNumber(value, decimals)} ${measure}`;
}

type Pointed = {
  readonly dataIndex: number;
  readonly seriesName?: string;
  readonly value?: unknown;
  /** The mark as the option has it; where it carries its words, they are said. */
  readonly data?: { readonly words?: string };
};

/** What the pointer is over, in words; empty where the place says nothing. */
function wordsFor(spec: ChartSpec): ((pointed: Pointed | readonly Pointed[]) => string) | null {
  const first = (pointed: Pointed | readonly Pointed[]) =>
    (Array.isArray(pointed) ? pointed[0] : pointed) as Pointed | undefined;
  switch (spec.kind) {
    case 'trend':
      return (pointed) => {
        const index = first(pointed)?.dataIndex ?? -1;
        const month = spec.months[index];
        if (month === undefined) return '';
        const lines = spec.series.map((line) => {
          const words = valueWords(line.values[index], spec.decimals, spec.measure);
          return spec.series.length > 1 ? `${line.name}: ${words}` : words;
        });
        return [formatDate(month), ...lines].join('\n');
      };
    case 'bars':
      return (pointed) => {
        const bar = spec.bars[first(pointed)?.dataIndex ?? -1];
        return bar ? `${bar.label}\n${valueWords(bar.value, spec.decimals, spec.measure)}` : '';
      };
    case 'heat-map':
      return (pointed) => {
        const place = first(pointed)?.value;
        if (!Array.isArray(place)) return '';
        const [column, row] = place as readonly number[];
        const unit = spec.units[row ?? -1];
        const month = spec.months[column ?? -1];
        if (unit === undefined || month === undefined) return '';
        return `${unit}, ${formatDate(month)}\n${valueWords(spec.values[row ?? 0]?.[column ?? 0], spec.decimals, spec.measure)}`;
      };
    case 'run':
      return (pointed) => {
        const index = first(pointed)?.dataIndex ?? -1;
        const month = spec.months[index];
        const point = spec.points[index];
        if (month === undefined || !point) return '';
        const rule = spec.labels.find((label) => label.index === index);
        return [
          formatDate(month),
          valueWords(point.value, spec.decimals, spec.measure),
          ...(point.signal ? [rule ? `Signal: ${rule.text.toLowerCase()}` : 'Part of a signal'] : []),
        ].join('\n');
      };
    case 'funnel':
      return (pointed) => {
        const place = first(pointed)?.value;
        if (!Array.isArray(place)) return '';
        const [size, value] = place as readonly number[];
        const unit = spec.points.find((point) => point.size === size && point.value === value);
        if (!unit) return '';
        return `${unit.label}\n${valueWords(unit.value, spec.decimals, spec.measure)}\n${formatNumber(unit.size)} ${spec.size}`;
      };
    case 'forest':
      return (pointed) => {
        const row = spec.rows[first(pointed)?.dataIndex ?? -1];
        return row ? `${row.label}\n${row.reference ? 'reference' : valueWords(row.estimate, spec.decimals, '')}` : '';
      };
    case 'curves':
      return (pointed) => {
        const point = spec.points?.[first(pointed)?.dataIndex ?? -1];
        if (!point) return '';
        const words = (value: number, axis: CurvesAxis) =>
          axis.share ? `${formatNumber(value * 100, 1)}%` : formatNumber(value, 2);
        return `${spec.x.measure}: ${words(point.x, spec.x)}\n${spec.y.measure}: ${words(point.y, spec.y)} (${words(point.low, spec.y)} to ${words(point.high, spec.y)})`;
      };
    case 'intervals':
      return (pointed) => {
        const row = spec.rows[first(pointed)?.dataIndex ?? -1];
        return row ? `${row.label}\n${row.text}` : '';
      };
    case 'dose':
      return (pointed) => {
        const point = spec.points[first(pointed)?.dataIndex ?? -1];
        if (!point || first(pointed)?.seriesName !== 'estimate') return '';
        const words = (value: number) => formatNumber(value, 2);
        return `${words(point.exposure)} ${spec.exposure}\n${words(point.estimate)} ${spec.measure} (${words(point.low)} to ${words(point.high)})`;
      };
    case 'network':
    case 'meta-forest':
    case 'study-funnel':
    case 'traffic-lights':
      return (pointed) => first(pointed)?.data?.words ?? '';
    default:
      return null;
  }
}

const byAxis: readonly ChartSpec['kind'][] = ['trend', 'run', 'dose'];

/** A chart of a report's kind, drawn as the report draws it, with what the pointer is over in words. */
export function specOption(spec: ChartSpec): MakeOption {
  return (palette, size): ChartOption => {
    const words = wordsFor(spec);
    return {
      ...chartOption(spec, palette, size),
      backgroundColor: palette.surface,
      ...(words === null
        ? {}
        : {
            tooltip: {
              ...tooltip(palette),
              trigger: byAxis.includes(spec.kind) ? 'axis' : 'item',
              formatter: words,
            },
          }),
    };
  };
}
