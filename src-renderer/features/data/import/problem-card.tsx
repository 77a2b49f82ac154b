import { Radio } from '@mantine/core';
import { useId, useState } from 'react';
import type { Decision } from '#shared/contract/import-drafts.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { useOperation, useOperations } from '../../../bridge/hooks.ts';
import { formatCount, plural } from '../../../ui/format.ts';
import { Badge } from '../../../ui/surface.tsx';
import type { Look } from './mapping-model.ts';
import { headersOf, mended, type ProblemGroup } from './problem-model.ts';
import { ProblemRows } from './problem-rows.tsx';
import { ProblemValues } from './problem-values.tsx';
import classes from './problems.module.css';
import { canMapValues, type Fix, fixesFor, withoutDecision } from './rule-fixes.ts';
import { decide } from './wizard-actions.ts';
import { dialectOf } from './wizard-state.ts';

type Props = {
  readonly look: Look;
  /** As it is now, and as the check was made with. */
  readonly mapping: Mapping;
  readonly checked: Mapping;
  readonly group: ProblemGroup;
  readonly decision: Decision | null;
  readonly opened: boolean;
};

const triedRows = 20;

/** One problem: what it means, its first rows, and what is to be done about it. */
export function ProblemCard(props: Props) {
  const { group, decision } = props;
  const [opened, setOpened] = useState(props.opened);
  const id = useId();
  return (
    <section className={classes.problem} aria-labelledby={`${id}-title`}>
      <h3 className={classes.problemHead}>
        <button
          type="button"
          id={`${id}-title`}
          className={classes.problemButton}
          aria-expanded={opened}
          aria-controls={`${id}-body`}
          onClick={() => setOpened((now) => !now)}
        >
          <span className={classes.problemTitle}>{group.title}</span>
          {group.column === '' ? null : <code className={classes.problemColumn}>{group.column}</code>}
          <span className={classes.problemCount}>
            <Badge tone={group.rejects ? 'bad' : 'warn'}>{plural(group.count, 'row')}</Badge>
          </span>
          <span className={classes.problemDecision}>
            {decision === null ? '' : decision.decision === 'map' ? 'Mapped' : 'Mended by a rule'}
          </span>
        </button>
      </h3>
      {opened ? (
        <div id={`${id}-body`} className={classes.problemBody}>
          <ProblemBody {...props} />
        </div>
      ) : null}
    </section>
  );
}

function ProblemBody({ look, mapping, checked, group, decision }: Props) {
  const { column, code, rows } = group;
  const fixes = useHelpfulFixes(look, checked, group);
  const mappable = canMapValues(checked, column, code);
  const choose = (value: string) => {
    const before = decision === null ? mapping : withoutDecision(mapping, decision);
    if (value === 'reject') decide({ column, code, decision: 'reject' }, before);
    else if (value === 'map') decide({ column, code, decision: 'map' }, before);
    else {
      const fix = fixes.find((one) => one.fix.id === value)?.fix;
      if (fix) decide({ column, code, decision: 'rule', rule: fix.id }, fix.apply(before));
    }
  };
  const chosen = decision === null ? 'reject' : decision.decision === 'rule' ? (decision.rule ?? 'reject') : 'map';
  return (
    <>
      <p className={classes.problemMeaning}>{group.message}</p>
      <div className={classes.problemParts}>
        <ProblemRows look={look} mapping={mapping} checked={checked} group={group} decided={decision !== null} />
        <Radio.Group
          label="What to do"
          description={
            rows.length < group.count ? `The first ${formatCount(rows.length)} rows are looked at here.` : ''
          }
          value={chosen}
          onChange={choose}
        >
          <div className={classes.choices}>
            <Radio
              value="reject"
              label={group.rejects ? `Leave ${plural(group.count, 'row')} out` : 'Keep them as they are'}
            />
            {mappable ? <Radio value="map" label="Say what the values mean" /> : null}
            {fixes.map(({ fix, mends, of }) => (
              <Radio
                key={fix.id}
                value={fix.id}
                label={fix.words}
                description={`Mends ${formatCount(mends)} of ${of === 1 ? 'the row' : `the ${formatCount(of)} rows`} tried`}
              />
            ))}
          </div>
        </Radio.Group>
      </div>
      {decision?.decision === 'map' ? <ProblemValues look={look} mapping={mapping} group={group} /> : null}
    </>
  );
}

type Tried = { readonly fix: Fix; readonly mends: number; readonly of: number };

/** The ways to mend a problem that mend at least one of its first rows. */
function useHelpfulFixes(look: Look, checked: Mapping, group: ProblemGroup): readonly Tried[] {
  const { column, code } = group;
  const numbers = group.rows.slice(0, triedRows);
  const fixes = numbers.length === 0 ? [] : fixesFor(checked, column, code);
  const take = { from: 1, count: 1, numbers };
  const trials = useOperations(
    'imports.understood',
    fixes.map((fix) => ({ file: look.file, mapping: fix.apply(checked), take })),
  );
  const read = useOperation('imports.rows', { file: look.file, dialect: dialectOf(look), take });
  return fixes.flatMap((fix, index): readonly Tried[] => {
    if (fix.id === 'no-leading-zeros') {
      // Only the store knows the persons; here it is seen whether there is anything to take off.
      const [header] = headersOf(checked, column);
      const at = read.data?.header.indexOf(header ?? '') ?? -1;
      const mends = (read.data?.rows ?? []).filter((row) => /^0+./.test(row.cells[at] ?? '')).length;
      return mends > 0 ? [{ fix, mends, of: numbers.length }] : [];
    }
    const records = trials[index]?.data?.records;
    const mends = records ? mended(records, column, code) : 0;
    return mends > 0 ? [{ fix, mends, of: numbers.length }] : [];
  });
}
