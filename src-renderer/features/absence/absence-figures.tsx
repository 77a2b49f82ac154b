import { formatCount, formatNumber, formatShare, none, plural } from '../../ui/format.ts';
import { KeyFigures, Notice } from '../../ui/surface.tsx';
import type { Absence } from './results.ts';
import { text } from './text.ts';

/** The force as a whole: days, rate, spells, the long ones, the psychological ones and those that go on. */
export function AbsenceFigures({ absence }: { readonly absence: Absence }) {
  const { all } = absence;
  if (all === null) {
    return (
      <Notice>
        <p>{text.withheldAll}</p>
      </Notice>
    );
  }
  const { long, psychological } = all;
  const number = (value: number | null, decimals: number) => (value === null ? none : formatNumber(value, decimals));
  const longShare = long !== null && all.days.fte > 0 ? formatShare(long.fteDays / all.days.fte) : null;
  return (
    <KeyFigures
      figures={[
        {
          label: 'FTE days lost',
          value: formatCount(all.days.fte),
          note: `of ${formatCount(all.availableFteDays)} in post; ${plural(all.people, 'person', 'people')}`,
        },
        { label: 'Rate', value: `${number(all.ratePercent, 1)}%`, note: 'of FTE days in post' },
        {
          label: 'Spells',
          value: formatCount(all.spells),
          note: `${number(all.frequencyPerYear, 2)} begin a person and year; ${number(all.severityDays, 1)} days lost in each`,
        },
        {
          label: 'Long: over 28 days',
          value: long === null ? text.tooFew : formatCount(long.spells),
          note: longShare === null ? 'of the spells' : `of the spells; ${longShare} of the FTE days`,
        },
        {
          label: 'Psychological share',
          value: psychological === null ? text.tooFew : formatShare(psychological.share),
          note:
            psychological === null || psychological.highestShare === psychological.share
              ? 'of FTE days lost'
              : `of FTE days lost; up to ${formatShare(psychological.highestShare)} if all unmapped ones were`,
        },
        {
          label: 'Still open',
          value: all.openSpells === null ? text.tooFew : formatCount(all.openSpells),
          note: 'spells go on: censored, their length is not known',
        },
      ]}
    />
  );
}
