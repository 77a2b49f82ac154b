import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { formatInstant } from '../../../ui/format.ts';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { StatusBadge } from '../status-badge.tsx';
import { text } from '../text.ts';

/** What a review is, above its protocol. */
export function AboutPanel({ view }: { readonly view: ReviewView }) {
  const { title, status, kind, version, savedAt, savedBy, registration } = view;
  const { about } = text;
  return (
    <Panel>
      <Facts
        facts={[
          { term: about.title, value: title },
          { term: about.kind, value: text.kinds[kind] },
          { term: about.status, value: <StatusBadge status={status} /> },
          { term: about.version, value: text.versionBy(version, formatInstant(savedAt), savedBy) },
          ...(registration
            ? [
                {
                  term: about.registered,
                  value: text.registeredBy(formatInstant(registration.at), registration.by, registration.registeredIn),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}
