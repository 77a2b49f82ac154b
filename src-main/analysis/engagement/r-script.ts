import { rText } from '#main/stats/r/script.ts';
import type { EngagementResult } from '#shared/domain/engagement-result.ts';

/** A script for R: every share and ratio from the counts that the result shows. */
export function engagementScript(result: EngagementResult): string {
  const { response, reach, items } = result;
  const rate = response.rate === null ? [] : [`print(wilson(${response.responded}, ${response.invited}), digits = 15)`];
  const ratios = reach.flatMap(({ by, groups }) => {
    const respondents = groups.reduce(
      (sum, { responded, ofRespondents }) => sum + (ofRespondents === null ? 0 : (responded ?? 0)),
      0,
    );
    return groups.flatMap(({ group, responded, ofRespondents, ofWorkforce }) =>
      ofRespondents === null || ofWorkforce === null || ofWorkforce === 0 || ofRespondents === 0
        ? []
        : [
            `cat(${rText(`${by}: ${group}`)}, "\\n"); print(wilson(${responded}, ${Math.round((responded ?? 0) / ofRespondents) || respondents}) / ${ofWorkforce}, digits = 15)`,
          ],
    );
  });
  const agreement = items.flatMap(({ item, counts }) =>
    counts === null
      ? []
      : [
          `answers <- c(${counts.join(', ')}); cat(${rText(item)}, "\\n")`,
          `print(wilson(${topCount(counts)}, sum(answers)), digits = 15)`,
        ],
  );
  return `# Engagement: shares with Wilson's interval, in base R; the workforce is counted, so that only the other share has one.
wilson <- function(x, n) c(share = x / n, low = prop.test(x, n, correct = FALSE)$conf.int[1], high = prop.test(x, n, correct = FALSE)$conf.int[2])
${[...rate, ...ratios, ...agreement].join('\n')}
`;
}

/** Agreement among five levels, three or two parts. */
function topCount(counts: readonly number[]): string {
  return counts.length === 5 ? 'sum(answers[4:5])' : `answers[${counts.length}]`;
}
