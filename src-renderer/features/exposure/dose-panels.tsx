import { formatCount, formatNumber, formatShare } from '../../ui/format.ts';
import { Facts, Panel } from '../../ui/surface.tsx';
import type { DoseResult } from './dose-results.ts';
import { doseText } from './dose-text.ts';

type Props = { readonly dose: DoseResult };

/** Screenings that were used, and why others were not. */
export function DoseWho({ dose }: Props) {
  const { pairs, people, cases, completed, unanswered, excluded } = dose;
  return (
    <Panel title={doseText.whoTitle}>
      <Facts
        facts={[
          { term: doseText.completed, value: formatCount(completed) },
          { term: doseText.used, value: formatCount(pairs) },
          { term: doseText.people, value: formatCount(people) },
          ...(cases === null ? [] : [{ term: doseText.cases, value: doseText.smallCount(cases) }]),
          ...Object.entries(excluded)
            .filter(([, count]) => count > 0)
            .map(([reason, count]) => ({ term: doseText.left(reason), value: doseText.smallCount(count) })),
          { term: doseText.unanswered, value: doseText.smallCount(unanswered) },
        ]}
      />
    </Panel>
  );
}

/** Whether ranks and thirds of exposure depend on the scheme. */
export function DoseSchemes({ dose: { sensitivity } }: Props) {
  if (sensitivity === null) return <Panel title={doseText.schemesTitle}>{doseText.noSchemes}</Panel>;
  const { schemes, rankCorrelation, people, changed } = sensitivity;
  const { estimate, low, high } = rankCorrelation;
  const all = people.flat().reduce((sum, count) => sum + count, 0);
  const interval =
    low === null || high === null ? '' : ` (95% interval ${formatNumber(low, 2)} to ${formatNumber(high, 2)})`;
  return (
    <Panel title={doseText.schemesTitle} note={doseText.schemesNote(...schemes)}>
      <Facts
        facts={[
          { term: doseText.agreement, value: `${formatNumber(estimate, 2)}${interval}` },
          { term: doseText.sameBand, value: doseText.smallCount(all - changed) },
          {
            term: doseText.otherBand,
            value:
              changed > 0 && changed < 5
                ? doseText.smallCount(changed)
                : `${formatCount(changed)} of ${formatCount(all)} people (${formatShare(changed / all)})`,
          },
        ]}
      />
    </Panel>
  );
}
