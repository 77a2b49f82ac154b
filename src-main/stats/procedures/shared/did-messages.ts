import { ExpectedError } from '#shared/domain/result.ts';

export function badSpec(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_SPEC', message, `Nothing was computed. ${hint}`);
}

export function badColumn(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_COLUMN', message, `Nothing was computed. ${hint}`);
}

export function refusedModel(message: string, hint: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
}

/** Fewer clusters than this make clustered errors too small. */
const fewClusters = 40;

export function clusterWarnings(clusters: number, treatedClusters: number, what: string): string[] {
  return [
    ...(clusters < fewClusters
      ? [
          `There are only ${clusters} clusters (${what}); with fewer than ${fewClusters}, clustered errors tend to be too small and intervals too narrow.`,
        ]
      : []),
    ...(treatedClusters < 5
      ? [
          `Only ${treatedClusters} cluster${treatedClusters === 1 ? ' is' : 's are'} ever treated; clustered errors are far too small with so few.`,
        ]
      : []),
  ];
}
