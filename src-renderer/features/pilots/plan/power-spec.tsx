import { Facts, Stack } from '../../../ui/surface.tsx';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

/** A spec of the analysis `pilot-power`, field by field. */
export function PowerSpec({ spec }: { readonly spec: Readonly<Record<string, unknown>> }) {
  return (
    <Stack>
      <p className={classes.note}>{text.byPower}</p>
      <Facts
        facts={Object.entries(spec).map(([field, value]) => ({
          term: field,
          value: typeof value === 'string' ? value : JSON.stringify(value),
        }))}
      />
    </Stack>
  );
}
