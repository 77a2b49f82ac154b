import type { ReactNode } from 'react';
import classes from './filters.module.css';

type FiltersProps = { readonly label?: string; readonly children: ReactNode };

/** What a place’s figures are asked for, side by side above them. */
export function Filters({ label = 'Filters', children }: FiltersProps) {
  return (
    <section className={classes.filters} aria-label={label}>
      {children}
    </section>
  );
}

type LabelledProps = {
  /** Which the control inside names as its label. */
  readonly labelId: string;
  readonly label: string;
  readonly children: ReactNode;
};

/** A control that has no label of its own, below its label. */
export function Labelled({ labelId, label, children }: LabelledProps) {
  return (
    <div className={classes.control}>
      <span id={labelId}>{label}</span>
      {children}
    </div>
  );
}
