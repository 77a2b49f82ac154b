import type { Role } from '#shared/domain/roles.ts';
import type { Session } from '../bridge/session.ts';
import type { IconName } from '../ui/icons.tsx';

export type Place = {
  readonly path:
    | '/overview'
    | '/data'
    | '/exposure'
    | '/early-warning'
    | '/absence'
    | '/families'
    | '/support'
    | '/pilots'
    | '/evidence'
    | '/plan'
    | '/indicators'
    | '/cases'
    | '/reports'
    | '/rights'
    | '/administration';
  readonly label: string;
  readonly icon: IconName;
  readonly roles: readonly Role[];
};

/** In the order of the work. */
const places: readonly Place[] = [
  {
    path: '/overview',
    label: 'Overview',
    icon: 'overview',
    roles: ['administrator', 'analyst', 'clinician', 'evaluator'],
  },
  { path: '/data', label: 'Data', icon: 'data', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/exposure', label: 'Exposure', icon: 'exposure', roles: ['analyst', 'clinician', 'evaluator'] },
  {
    path: '/early-warning',
    label: 'Early warning',
    icon: 'early-warning',
    roles: ['analyst', 'clinician', 'evaluator'],
  },
  { path: '/absence', label: 'Absence', icon: 'absence', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/families', label: 'Families', icon: 'families', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/support', label: 'Support', icon: 'support', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/pilots', label: 'Pilots', icon: 'pilots', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/evidence', label: 'Evidence', icon: 'evidence', roles: ['analyst', 'evaluator'] },
  { path: '/plan', label: 'Plan', icon: 'plan', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/indicators', label: 'Indicators', icon: 'indicators', roles: ['analyst', 'clinician', 'evaluator'] },
  { path: '/cases', label: 'Cases', icon: 'cases', roles: ['clinician'] },
  { path: '/reports', label: 'Reports', icon: 'reports', roles: ['analyst', 'evaluator'] },
  { path: '/rights', label: 'Rights', icon: 'seal', roles: ['analyst', 'clinician', 'administrator'] },
  { path: '/administration', label: 'Administration', icon: 'administration', roles: ['administrator', 'clinician'] },
];

/** The places that the session's roles use. */
export function placesFor(session: Session): readonly Place[] {
  return places.filter((place) => session.roles.some((role) => place.roles.includes(role)));
}
