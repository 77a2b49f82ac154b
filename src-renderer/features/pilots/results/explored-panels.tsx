import { useMemo } from 'react';
import type { PilotSubgroup } from '#shared/domain/pilot-evaluation.ts';
import type {
  PilotComparison,
  PilotDoseResponse,
  PilotEvaluationTold,
} from '#shared/domain/pilot-evaluation-result.ts';
import { Notice, Panel } from '../../../ui/surface.tsx';
import { EstimateChart } from './estimate-chart.tsx';
import { estimateRow, pWords } from './evaluation-model.ts';
import { resultText as text } from './text.ts';

type Props = { readonly comparison: PilotComparison; readonly evaluation: PilotEvaluationTold };

/** What is looked into and concludes nothing: subgroups, and sessions against the outcome. */
export function ExploredPanels({ comparison: { doseResponse }, evaluation: { subgroups, outcome } }: Props) {
  return (
    <>
      {subgroups.map((one) =>
        'refused' in one ? (
          <Panel key={one.subgroup} title={text.subgroups(one.subgroup)}>
            <Notice>
              <p>{one.refused}</p>
            </Notice>
          </Panel>
        ) : (
          <SubgroupPanel key={one.subgroup} subgroup={one} outcome={outcome} />
        ),
      )}
      {doseResponse === null ? null : <DosePanel dose={doseResponse} outcome={outcome} />}
    </>
  );
}

function SubgroupPanel({ subgroup, outcome }: { readonly subgroup: PilotSubgroup; readonly outcome: string }) {
  const { levels, interactionP, withheld } = subgroup;
  const rows = useMemo(() => levels.map(({ level, found }) => estimateRow(level, found)), [levels]);
  return (
    <EstimateChart
      id={`pilot-subgroup-${subgroup.subgroup}`}
      title={text.subgroups(subgroup.subgroup)}
      note={`${text.subgroupNote(pWords(interactionP))} ${withheld ?? ''}`.trim()}
      rows={rows}
      measure={outcome}
    />
  );
}

function DosePanel({ dose, outcome }: { readonly dose: PilotDoseResponse; readonly outcome: string }) {
  const rows = useMemo(() => [estimateRow(text.eachSession, dose.found)], [dose]);
  return <EstimateChart id="pilot-dose" title={text.dose} note={text.doseNote} rows={rows} measure={outcome} />;
}
