import type { ItemResult } from '#shared/domain/engagement-result.ts';
import { formatCount, formatShare } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import classes from './items.module.css';
import { barOf } from './items-model.ts';
import { engagementText as text } from './text.ts';

type Props = { readonly items: readonly ItemResult[]; readonly minimum: number };

/** Diverging bars, one a statement: disagreement to the left of the middle line, agreement to the right. */
export function ItemsPanel({ items, minimum }: Props) {
  return (
    <Panel title={text.items} note={text.itemsNote}>
      <ul className={classes.items}>
        {items.map((item) => (
          <li key={item.item}>
            <p className={classes.words}>
              {item.words}
              <span className={classes.agree}>
                {item.top === null
                  ? text.few(minimum)
                  : text.agree(formatShare(item.top.share), formatShare(item.top.low), formatShare(item.top.high))}
              </span>
            </p>
            <Bar item={item} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Bar({ item }: { readonly item: ItemResult }) {
  const parts = barOf(item);
  if (parts.length === 0) return null;
  const words = parts
    .map(({ label, count, share }) => `${label} ${formatCount(count)} (${formatShare(share)})`)
    .join(', ');
  return (
    <div className={classes.bar} role="img" aria-label={`${item.words}: ${words}`} title={words}>
      <i className={classes.middle} />
      {parts.map(({ label, tone, leftPercent, widthPercent }) => (
        <span key={label} data-tone={tone} style={{ insetInlineStart: `${leftPercent}%`, width: `${widthPercent}%` }} />
      ))}
    </div>
  );
}
