import { Button } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

type Props<Item> = {
  readonly items: readonly Item[];
  /** What one is called when it is removed. */
  readonly nameOf: (item: Item, at: number) => string;
  readonly add: string;
  readonly onAdd: () => void;
  readonly onRemove: (at: number) => void;
  readonly children: (item: Item, at: number) => ReactNode;
};

/** Lines of fields that can be added and removed; the focus stays where the next one is added. */
export function ItemList<Item>({ items, nameOf, add, onAdd, onRemove, children }: Props<Item>) {
  const adding = useRef<HTMLButtonElement>(null);
  return (
    <>
      {items.map((item, at) => (
        // Names are what is typed, so that only the place is the same from one letter to the next.
        // biome-ignore lint/suspicious/noArrayIndexKey: an item has no name but the one that is edited
        <div key={at} className={classes.line}>
          {children(item, at)}
          <Button
            variant="subtle"
            aria-label={`${text.remove} ${nameOf(item, at)}`}
            onClick={() => {
              adding.current?.focus();
              onRemove(at);
            }}
          >
            {text.remove}
          </Button>
        </div>
      ))}
      <div>
        <Button ref={adding} variant="default" size="xs" onClick={onAdd}>
          {add}
        </Button>
      </div>
    </>
  );
}
