import {
  createHashHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router';
import type { Session } from '../bridge/session.ts';
import { AbsencePlace } from '../features/absence/absence-place.tsx';
import { AdministrationPlace } from '../features/administration/administration-place.tsx';
import { CasePage } from '../features/cases/case-page.tsx';
import { CasesPlace } from '../features/cases/cases-place.tsx';
import { CodesPlace } from '../features/codes/codes-place.tsx';
import { DataPlace } from '../features/data/data-place.tsx';
import { ImportWizard } from '../features/data/import/import-wizard.tsx';
import { lookAt } from '../features/data/import/wizard-actions.ts';
import { EarlyWarningPlace } from '../features/early-warning/early-warning-place.tsx';
import { EvidencePlace } from '../features/evidence/evidence-place.tsx';
import { ReviewPage } from '../features/evidence/review-page.tsx';
import { ExposurePlace } from '../features/exposure/exposure-place.tsx';
import { FamiliesPlace } from '../features/families/families-place.tsx';
import { IndicatorPage } from '../features/indicators/indicator-page.tsx';
import { IndicatorsPlace } from '../features/indicators/indicators-place.tsx';
import { OverviewPlace } from '../features/overview/overview-place.tsx';
import { PilotPage } from '../features/pilots/pilot-page.tsx';
import { PilotsPlace } from '../features/pilots/pilots-place.tsx';
import { ActionPage } from '../features/plan/actions/action-page.tsx';
import { PlanPlace } from '../features/plan/plan-place.tsx';
import { QualityPlace } from '../features/quality/quality-place.tsx';
import { ReportsPlace } from '../features/reports/reports-place.tsx';
import { RightsPlace } from '../features/rights/rights-place.tsx';
import { SchemesPlace } from '../features/schemes/schemes-place.tsx';
import { SupportPlace } from '../features/support/support-place.tsx';
import { WatchPlace } from '../features/watch/watch-place.tsx';
import { NotFound } from './not-found.tsx';
import { type Place, placesFor } from './places.ts';
import { Shell } from './shell.tsx';

type Context = { readonly session: Session };

const rootRoute = createRootRouteWithContext<Context>()({ component: Shell, notFoundComponent: NotFound });

/** Sends whoever has no use for a place to the first one that they have. */
function allow(path: Place['path']) {
  return ({ context }: { context: Context }) => {
    const allowed = placesFor(context.session);
    const first = allowed[0];
    if (first && !allowed.some((place) => place.path === path)) throw redirect({ to: first.path });
  };
}

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: placesFor(context.session)[0]?.path ?? '/overview' });
  },
});
const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/overview',
  beforeLoad: allow('/overview'),
  component: OverviewPlace,
});
const dataRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data',
  beforeLoad: allow('/data'),
  component: DataPlace,
});
const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/import',
  // A file that another place would have imported is looked at, and the address forgets it.
  validateSearch: ({ file }: Record<string, unknown>): { file?: string } => (typeof file === 'string' ? { file } : {}),
  beforeLoad: ({ context, search }) => {
    allow('/data')({ context });
    if (search.file === undefined) return;
    void lookAt(search.file);
    throw redirect({ to: '/data/import', search: {}, replace: true });
  },
  component: ImportWizard,
});
const codesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/codes',
  beforeLoad: allow('/data'),
  component: CodesPlace,
});
const qualityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/quality',
  beforeLoad: allow('/data'),
  component: QualityPlace,
});
const schemesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/schemes',
  beforeLoad: allow('/data'),
  component: SchemesPlace,
});
const watchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/data/watch',
  beforeLoad: allow('/data'),
  component: WatchPlace,
});
const exposureRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/exposure',
  beforeLoad: allow('/exposure'),
  component: ExposurePlace,
});
const earlyWarningRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/early-warning',
  beforeLoad: allow('/early-warning'),
  component: EarlyWarningPlace,
});
const absenceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/absence',
  beforeLoad: allow('/absence'),
  component: AbsencePlace,
});
const familiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/families',
  beforeLoad: allow('/families'),
  component: FamiliesPlace,
});
const supportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/support',
  beforeLoad: allow('/support'),
  component: SupportPlace,
});
const pilotsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/pilots',
  beforeLoad: allow('/pilots'),
  component: PilotsPlace,
});
const pilotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/pilots/$pilot',
  beforeLoad: allow('/pilots'),
  component: function PilotOfAddress() {
    const { pilot } = pilotRoute.useParams();
    return <PilotPage key={pilot} pilot={pilot} />;
  },
});
const evidenceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evidence',
  beforeLoad: allow('/evidence'),
  component: EvidencePlace,
});
const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evidence/$review',
  beforeLoad: allow('/evidence'),
  component: function ReviewOfAddress() {
    const { review } = reviewRoute.useParams();
    return <ReviewPage key={review} review={review} />;
  },
});
const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plan',
  beforeLoad: allow('/plan'),
  component: PlanPlace,
});
const actionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plan/$action',
  beforeLoad: allow('/plan'),
  component: function ActionOfAddress() {
    const { action } = actionRoute.useParams();
    return <ActionPage key={action} action={action} />;
  },
});
const indicatorsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/indicators',
  beforeLoad: allow('/indicators'),
  component: IndicatorsPlace,
});
const indicatorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/indicators/$indicatorId',
  beforeLoad: allow('/indicators'),
  component: function IndicatorOfAddress() {
    const { indicatorId } = indicatorRoute.useParams();
    return <IndicatorPage key={indicatorId} indicatorId={indicatorId} />;
  },
});
const casesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases',
  beforeLoad: allow('/cases'),
  component: CasesPlace,
});
const caseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases/$caseId',
  params: {
    parse: ({ caseId }) => ({ caseId: /^[1-9]\d{0,8}$/.test(caseId) ? caseId : '0' }),
    stringify: ({ caseId }) => ({ caseId }),
  },
  beforeLoad: ({ context, params }) => {
    allow('/cases')({ context });
    if (params.caseId === '0') throw redirect({ to: '/cases' });
  },
  component: function CaseOfAddress() {
    const { caseId } = caseRoute.useParams();
    return <CasePage key={caseId} caseId={Number(caseId)} />;
  },
});
const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reports',
  beforeLoad: allow('/reports'),
  component: ReportsPlace,
});
const rightsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rights',
  beforeLoad: allow('/rights'),
  component: RightsPlace,
});
const administrationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/administration',
  beforeLoad: allow('/administration'),
  component: AdministrationPlace,
});

const routeTree = rootRoute.addChildren([
  indexRoute,
  overviewRoute,
  dataRoute,
  importRoute,
  codesRoute,
  qualityRoute,
  schemesRoute,
  watchRoute,
  exposureRoute,
  earlyWarningRoute,
  absenceRoute,
  familiesRoute,
  supportRoute,
  pilotsRoute,
  pilotRoute,
  evidenceRoute,
  reviewRoute,
  planRoute,
  actionRoute,
  indicatorsRoute,
  indicatorRoute,
  casesRoute,
  caseRoute,
  reportsRoute,
  rightsRoute,
  administrationRoute,
]);

export const router = createRouter({
  routeTree,
  history: createHashHistory(),
  context: { session: undefined as unknown as Session },
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the router's own
  interface Register {
    router: typeof router;
  }
}
