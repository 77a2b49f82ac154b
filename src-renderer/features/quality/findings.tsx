import { Button } from '@mantine/core';
import { useState } from 'react';
import type { QualityFinding } from '#shared/contract/quality.ts';
import { Badge, EmptyState, Panel } from '../../ui/surface.tsx';
import classes from './quality.module.css';
import { text } from './text.ts';

const tones = { act: 'bad', look: 'warn', note: 'plain' } as const;
const shownFirst = 8;

/** What to know, worst first; what is only good to know waits behind a button. */
export function Findings({ findings }: { readonly findings: readonly QualityFinding[] }) {
  const [all, setAll] = useState(false);
  const pressing = findings.filter(({ severity }) => severity !== 'note').length;
  const least = Math.max(pressing, Math.min(findings.length, shownFirst));
  const shown = all ? findings : findings.slice(0, least);
  const title =
    pressing === 0 ? 'Nothing needs mending' : `${pressing === 1 ? 'One thing' : `${pressing} things`} to look into`;
  if (findings.length === 0) {
    return (
      <Panel>
        <EmptyState icon="check" title={text.nothingFound} text={text.nothingFoundText} />
      </Panel>
    );
  }
  return (
    <Panel title={title}>
      <ul className={classes.findings}>
        {shown.map((finding) => (
          <li key={`${finding.topic} ${finding.title}`} className={classes.finding}>
            <div>
              <Badge tone={tones[finding.severity]}>{text.severity[finding.severity]}</Badge>
            </div>
            <div>
              <h3 className={classes.findingTitle}>{finding.title}</h3>
              <p className={classes.findingText}>{finding.meaning}</p>
              <p className={classes.findingAction}>{finding.action}</p>
            </div>
          </li>
        ))}
      </ul>
      {findings.length > least ? (
        <Button variant="subtle" size="compact-sm" aria-expanded={all} onClick={() => setAll((now) => !now)}>
          {all ? text.fewer : text.more(findings.length - least)}
        </Button>
      ) : null}
    </Panel>
  );
}
