import { formatNumber, formatShare } from '../../ui/format.ts';
import { KeyFigures, Panel } from '../../ui/surface.tsx';
import type { Usage } from './results.ts';
import { serviceText as text } from './service-text.ts';
import { poundWords } from './usage-words.ts';

/** How much of what a service can take is used, and what a contact costs. */
export function UsagePanel({ usage }: { readonly usage: Usage }) {
  const why = (reason: Usage['costReason']) => text.reasons[reason ?? 'few'];
  const cost = (gbp: number | null) => ({
    value: gbp === null ? '–' : poundWords(gbp),
    note: gbp === null || usage.costFrom === null ? why(usage.costReason) : text.costFrom[usage.costFrom],
  });
  const { capacityPerMonth, contactsPerMonth, shareOfCapacity } = usage;
  return (
    <Panel title={text.usage} note={text.usageNote}>
      <KeyFigures
        figures={[
          {
            label: text.contacts,
            value: contactsPerMonth === null ? '–' : formatNumber(contactsPerMonth, 1),
            note: contactsPerMonth === null ? text.reasons.few : '',
          },
          {
            label: text.share,
            value: shareOfCapacity === null ? '–' : formatShare(shareOfCapacity),
            note:
              shareOfCapacity === null || capacityPerMonth === null
                ? why(usage.capacityReason)
                : text.capacityOf(formatNumber(capacityPerMonth, 0)),
          },
          { label: text.perContact, ...cost(usage.costPerContact) },
          { label: text.perCompleted, ...cost(usage.costPerCompleted) },
        ]}
      />
    </Panel>
  );
}
