import { glm } from '#main/stats/procedures/glm/glm.ts';
import { lmm } from '#main/stats/procedures/lmm/lmm.ts';
import type { PilotEstimate } from '#shared/domain/pilot-evaluation.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { categories, runOn, tableOf } from '../../absence/model-table.ts';
import { peopleFile, tableOfPeople } from './ancova.ts';
import { estimateOf, termOf } from './estimate.ts';
import { type Found, followUpOf, isKnown, type PilotPerson, type PilotScores } from './people.ts';

/** Of a mixed model, as a plan chooses them. */
export type MixedDf = 'kenward-roger' | 'satterthwaite';

/** From so many clusters on, Satterthwaite's degrees of freedom are as good. */
const manyClusters = 40;

/** Those of the plan, else Kenward and Roger's where clusters are few. */
export function mixedDfFor(clusters: number, planned: MixedDf | null): MixedDf {
  return planned ?? (clusters < manyClusters ? 'kenward-roger' : 'satterthwaite');
}

export function mixedDfWords(df: MixedDf): string {
  return `${df === 'kenward-roger' ? 'Kenward and Roger’s' : 'Satterthwaite’s'} degrees of freedom`;
}

/**
 * Follow-up scores with an effect of each cluster (linear mixed model, REML), so that people of one team do not count as if they were alone.
 * @param planned degrees of freedom that the plan chooses; null where it leaves them open
 * @throws ExpectedError REFUSED_MODEL
 */
export function mixedByCluster(
  people: readonly PilotPerson[],
  scores: PilotScores,
  planned: MixedDf | null = null,
): Found<PilotEstimate> {
  const { table, terms, words, clusters } = clusteredTable(people, scores);
  const df = mixedDfFor(clusters, planned);
  const found = runOn(lmm, { formula: `followup ~ ${terms} + (1|cluster)`, df }, table, peopleFile);
  const method = `Linear mixed model of “${scores.primaryWave}” with an effect of each of ${clusters} clusters, adjusted for ${words}; ${mixedDfWords(df)}.`;
  return { estimate: estimateOf(termOf(found, 'offered'), method), warnings: found.warnings, r: found.r };
}

/**
 * The same regression without effects of clusters, its errors allowing for any likeness within them (CR2, Satterthwaite).
 * @throws ExpectedError REFUSED_MODEL
 */
export function robustByCluster(people: readonly PilotPerson[], scores: PilotScores): Found<PilotEstimate> {
  const { table, terms, words, clusters } = clusteredTable(people, scores);
  const found = runOn(glm, { formula: `followup ~ ${terms}`, robust: 'CR2', cluster: 'cluster' }, table, peopleFile);
  const method = `Regression of “${scores.primaryWave}”, adjusted for ${words}, with errors that allow for likeness within ${clusters} clusters (CR2, Satterthwaite’s degrees of freedom).`;
  return { estimate: estimateOf(termOf(found, 'offered'), method), warnings: found.warnings, r: found.r };
}

function clusteredTable(people: readonly PilotPerson[], scores: PilotScores) {
  const { table, adjustment } = tableOfPeople(people, scores);
  const cluster = clustersOf(people);
  const followUp = followUpOf(scores);
  return {
    table: tableOf(people.length, [...table.columns.values(), categories('cluster', cluster)]),
    terms: ['offered', ...adjustment.terms].join(' + '),
    words: adjustment.words,
    clusters: new Set(cluster.filter((_, person) => isKnown(followUp[person]))).size,
  };
}

/** The cluster of each person. @throws ExpectedError REFUSED_MODEL where one has none, or a cluster is in both arms */
export function clustersOf(people: readonly PilotPerson[]): string[] {
  const arms = new Map<string, boolean>();
  return people.map(({ cluster, offered }) => {
    if (cluster === null) throw refused('Some people belong to no cluster.');
    if ((arms.get(cluster) ?? offered) !== offered) throw refused('Some cluster has people in both arms.');
    arms.set(cluster, offered);
    return cluster;
  });
}

function refused(message: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, 'Nothing was computed. Look at the clusters of the enrolments.');
}
