import { categoryLabel } from '#main/analysis/exposure/words.ts';
import type { PoolAnswer } from '#main/analysis/pooling/pool-forces.ts';
import type { PoolSpec } from '#main/analysis/pooling/pool-spec.ts';
import type { PooledExposures } from '#main/analysis/pooling/pooled-exposures.ts';
import type { Block, ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import type { SignedBundle } from '../bundle-file.ts';
import { numberCell, textCell } from './cells.ts';
import { curveSection } from './curve-section.ts';
import { forestBlocks } from './forest-blocks.ts';
import { indicatorSection } from './indicator-section.ts';

function summary({ result, reading, warnings }: PoolAnswer): ReportSection {
  const synthetic = result.forces.some((force) => force.synthetic);
  const note: Block = {
    kind: 'callout',
    tone: 'synthetic',
    title: 'Synthetic data',
    text: ['Forces in this report were made by a program. It says nothing about any force or person.'],
  };
  return {
    id: 'summary',
    heading: 'In short',
    blocks: [
      ...(synthetic ? [note] : []),
      {
        kind: 'key-figures',
        figures: [
          { value: formatNumber(result.forces.length), label: 'forces pooled', note: 'from signed aggregates' },
          { value: formatNumber(result.indicators.length), label: 'indicators' },
          { value: formatNumber(result.effects.length + result.curves.length), label: 'effects and curves' },
        ],
      },
      { kind: 'list', ordered: false, items: [...reading] },
      ...(warnings.length === 0
        ? []
        : [{ kind: 'callout', tone: 'caution', title: 'To be read with it', text: [...warnings] } as const]),
    ],
  };
}

function forcesSection({ result }: PoolAnswer): ReportSection {
  return {
    id: 'forces',
    heading: 'The forces',
    blocks: [
      {
        kind: 'table',
        caption: 'What each force told of',
        columns: [
          { label: 'Force', align: 'start' },
          { label: 'From', align: 'start' },
          { label: 'To', align: 'start' },
          { label: 'Coverage', unit: 'exposure rows with a rule', align: 'end' },
        ],
        rows: result.forces.map(({ force, from, to, coverage }) => ({
          cells: [
            textCell(force),
            { kind: 'date', iso: from },
            { kind: 'date', iso: to },
            coverage === null ? { kind: 'not-assessable' } : { kind: 'share', value: coverage, decimals: 0 },
          ],
        })),
        notes: ['Forces with low coverage record less than they meet, and lie too low wherever exposures are counted.'],
      },
    ],
  };
}

function exposuresSection({ events, people, categories }: PooledExposures): ReportSection {
  return {
    id: 'exposures',
    heading: 'Recorded exposures',
    blocks: [
      {
        kind: 'table',
        caption: 'Exposures by kind, of all forces that tell them',
        columns: [
          { label: 'Kind', align: 'start' },
          { label: 'Exposures', align: 'end' },
          { label: 'Forces that tell it', align: 'end' },
          { label: 'Forces that withhold it', align: 'end' },
        ],
        rows: [
          ...categories.map(({ category, count, told, withheld }) => ({
            cells: [
              textCell(categoryLabel(category)),
              numberCell(count, 0),
              numberCell(told, 0),
              numberCell(withheld, 0),
            ],
          })),
          {
            role: 'total',
            cells: [
              textCell('All kinds'),
              numberCell(events.count, 0),
              numberCell(events.told, 0),
              numberCell(events.withheld, 0),
            ],
          },
        ],
        notes: [
          `${formatNumber(people.count)} people in post, of ${formatNumber(people.told)} forces that tell it. What a force withholds is in its total all the same, so that kinds may add up to less.`,
        ],
      },
    ],
  };
}

function methodSection(): ReportSection {
  return {
    id: 'method',
    heading: 'How it was done, and its limits',
    blocks: [
      {
        kind: 'list',
        ordered: false,
        items: [
          'Two stages: each force works its own estimate out from its own rows and lets out the estimate alone; here the estimates are pooled.',
          'The mean of the average force is by restricted maximum likelihood, with limits by Knapp and Hartung and a prediction interval for another force.',
          'Funnels hold every force against all forces together; the limits allow for the spread between forces.',
          'Each point of a curve is pooled by itself; the common curve is by generalised least squares of all coefficients.',
          'Nothing is put in for what a force withholds. Where few cases are what is withheld, what a small force tells lies too high: forces that withhold more than a tenth of their months are added up, and are in no mean and no funnel.',
          'Forces differ in what they record and whom they ask. A difference asks for a look, and is no ranking.',
        ],
      },
    ],
  };
}

function provenanceSection(bundles: readonly SignedBundle[], engine: string): ReportSection {
  const entries = (told: (bundle: SignedBundle) => string) =>
    bundles.map((bundle) => ({ name: bundle.body.force, value: told(bundle), code: true }));
  return {
    id: 'provenance',
    heading: 'Where the numbers come from',
    blocks: [
      { kind: 'provenance', title: 'Pooled by', entries: [{ name: 'Engine', value: engine }] },
      { kind: 'provenance', title: 'SHA-256 of each bundle', entries: entries(({ hash }) => hash) },
      { kind: 'provenance', title: 'Signed by', entries: entries(({ fingerprint }) => fingerprint) },
    ],
  };
}

/** The pooled report as plain data: every figure with its numbers, and where they come from. */
export function poolDocument(
  answer: PoolAnswer,
  spec: PoolSpec,
  bundles: readonly SignedBundle[],
  engine: string,
): ReportDocument {
  const { forces, indicators, exposures, effects, curves } = answer.result;
  const from = forces.reduce((least, force) => (force.from < least ? force.from : least), forces[0]?.from ?? '');
  const to = forces.reduce((most, force) => (force.to > most ? force.to : most), forces[0]?.to ?? '');
  return {
    title: spec.title,
    subtitle: `${formatNumber(forces.length)} forces, ${formatDate(from)} to ${formatDate(to)}`,
    marking: spec.marking,
    language: 'en-GB',
    dataTo: to,
    about:
      'What several forces found, pooled from aggregates that each of them checked and signed. No row of a person left any force. It is written to help offer support, and is no ranking of forces.',
    sections: [
      summary(answer),
      forcesSection(answer),
      ...indicators.map(indicatorSection),
      ...(exposures === null ? [] : [exposuresSection(exposures)]),
      ...effects.map(({ id, says, mean }) => ({
        id: id.replaceAll(/[^a-z0-9]+/g, '-'),
        heading: String(says['title'] ?? 'Effect'),
        blocks: forestBlocks(mean, {
          what: String(says['title'] ?? 'Effect'),
          measure: String(says['measure'] ?? says['title']),
        }),
      })),
      ...curves.map(curveSection),
      methodSection(),
      provenanceSection(bundles, engine),
    ],
  };
}
