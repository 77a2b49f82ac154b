import { keyOf, type ReleasedCounts } from '#main/disclosure/released-counts.ts';
import { manifestFileName } from '#main/report/manifest.ts';
import { type KeptRelease, listReleaseRecords, releaseBodies } from '#main/store/release-records.ts';
import { type Leaving, reportFormats } from '#shared/contract/reports.ts';
import { type ComposedSection, composeDocument } from '#shared/report/compose-document.ts';
import type { TableCellValue } from '#shared/report/document.ts';
import { needsTwoPeople } from '../../approvals/index.ts';
import type { VaultContext } from '../../call-context.ts';
import { signatureFileName } from '../../signing/index.ts';
import type { ReleaseBody } from '../judge-counts.ts';
import type { MadeReport } from '../made-report.ts';
import { fileNamesOf } from '../report-files.ts';
import { contentHash } from './agreement.ts';

const ofCaseNote =
  'It is of one person: no release of figures, but entered in the custody of the case, with your reason. Offer the person sight of it, and ask for their consent, before it goes to anybody.';

/** What would leave with a report, to be looked at before it does. */
export function leavingOf({ vault }: VaultContext, made: MadeReport): Leaving {
  const { spec, document, release } = made;
  const earlier = sharedWith(release.body, releasesOf(vault));
  return {
    hash: contentHash(made),
    title: document.title,
    marking: document.marking,
    files: [...fileNamesOf(spec.template), signatureFileName, manifestFileName].map((name) => ({
      name,
      format: reportFormats.find((format) => name === `${spec.template}.${format}`) ?? null,
    })),
    counts: release.counts,
    withheld: release.withheld,
    places: composeDocument(document)
      .sections.map(placesOf)
      .filter(({ places }) => places > 0),
    judgedWith: earlier.together,
    notes: [
      ...(vault.synthetic ? ['The data are synthetic, and the report says so.'] : []),
      ...(made.ofCase === undefined ? [] : [ofCaseNote]),
      ...(made.notes ?? []),
      ...earlier.changed.map(
        ({ title, releasedAt }) =>
          `“${title}” of ${releasedAt.slice(0, 10)} is of other data: a count of it has changed since, so this was not decided together with it.`,
      ),
    ],
    twoPeople: made.ofCase === undefined && needsTwoPeople(vault),
  };
}

const isWithheld = ({ kind }: TableCellValue): boolean => kind === 'withheld';
const isNumber = ({ kind }: TableCellValue): boolean => kind === 'number' || kind === 'share' || kind === 'interval';

/** How many places of a section’s tables and charts have a number, and how many of those are withheld. */
export function placesOf({ heading, blocks }: ComposedSection): Leaving['places'][number] {
  const rows = blocks.flatMap((block) => {
    if (block.kind === 'table') return block.rows;
    return block.kind === 'figure' ? block.data.rows : [];
  });
  const cells = rows.flatMap((row) => row.cells);
  const withheld = cells.filter(isWithheld).length;
  return { section: heading, places: cells.filter(isNumber).length + withheld, withheld };
}

type Release = { readonly record: KeptRelease; readonly body: ReleaseBody };

function releasesOf({ store }: VaultContext['vault']): Release[] {
  const bodies = releaseBodies(store.connection, null);
  // The log is newest first, the bodies oldest first.
  return listReleaseRecords(store.connection).map((record, at) => ({
    record,
    body: JSON.parse(bodies[bodies.length - 1 - at] ?? '') as ReleaseBody,
  }));
}

const measures = ['workforce', 'clinical'] as const;

/** How the counts of two releases stand to each other, by the rule of `joinReleases`. */
function standing(own: ReleasedCounts, other: ReleasedCounts): 'together' | 'changed' | 'apart' {
  const values = new Map(own.cells.map((cell) => [keyOf(cell), cell.value]));
  const differs = other.cells.some((cell) => {
    const value = values.get(keyOf(cell));
    return value !== undefined && value !== cell.value;
  });
  if (differs) return 'changed';
  const groups = new Set(own.cells.map(({ group }) => group));
  return other.cells.some(({ group }) => groups.has(group)) ? 'together' : 'apart';
}

/** Earlier releases that share counts with this one, and those of which a shared count has changed. */
export function sharedWith(
  body: ReleaseBody,
  earlier: readonly Release[],
): { readonly together: Leaving['judgedWith']; readonly changed: readonly KeptRelease[] } {
  const found = earlier.map(({ record, body: other }) => ({
    record,
    how: measures.map((measure) => standing(body[measure], other[measure])),
  }));
  return {
    together: found
      .filter(({ how }) => how.includes('together'))
      .map(({ record: { id, kind, title, releasedAt, withdrawn } }) => ({
        ...{ id, kind, title, releasedAt, withdrawn: withdrawn !== null },
      })),
    changed: found.filter(({ how }) => how.includes('changed')).map(({ record }) => record),
  };
}
