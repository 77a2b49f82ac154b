import { z } from 'zod';
import { actionSchema, actionStatuses, decisionLinkSchema } from '../domain/action-plan.ts';
import { pilotStatuses } from '../domain/pilot.ts';
import { loopBreaks } from '../domain/plan-loop.ts';
import { guidanceLinkSchema, planCode, planPost } from '../domain/plan-parts.ts';
import { resourceSchema } from '../domain/resource-audit.ts';
import { heldMeetingSchema, meetingSchema } from '../domain/review-meeting.ts';
import { operation } from './define.ts';

const readers = ['analyst', 'clinician', 'evaluator'] as const;
const count = z.number().int();
const done = { at: z.string(), by: z.string() };
const reason = z.string().trim().min(3, 'say in a few words why').max(500);
const saved = { version: count, savedAt: z.string(), savedBy: z.string() };
/** What in the words looks like a name or a number of somebody. */
const warnings = z.array(z.string());

const resourceViewSchema = z.strictObject({
  ...resourceSchema.shape,
  ...saved,
  gap: count,
  warnings,
  /** Every rating, the oldest first. */
  ratings: z.array(z.strictObject({ ...done, version: count, assessedOn: z.string(), maturity: count, target: count })),
});
export type ResourceView = z.infer<typeof resourceViewSchema>;

const pilotLinkSchema = z.strictObject({ pilot: z.string(), title: z.string(), status: z.enum(pilotStatuses) });

const actionSummarySchema = z.strictObject({
  ...actionSchema.shape,
  ...saved,
  status: z.enum(actionStatuses),
  /** What it lacks before it can be signed off. */
  gaps: z.array(z.string()),
  /** Whether its newest version is signed off. */
  isSigned: z.boolean(),
  /** Whether the user may sign it off: whoever saved a version may not. */
  maySign: z.boolean(),
  isOverdue: z.boolean(),
  /** Actions that it waits for and that are not done. */
  blockedBy: z.array(z.string()),
  moves: z.array(z.enum(actionStatuses)),
  pilot: pilotLinkSchema.nullable(),
});
export type ActionSummary = z.infer<typeof actionSummarySchema>;

const actionViewSchema = z.strictObject({
  ...actionSummarySchema.shape,
  warnings,
  versions: z.array(z.strictObject({ ...done, version: count })),
  /** What happened to it, the oldest first. */
  events: z.array(
    z.strictObject({
      ...done,
      kind: z.enum(['sign-off', 'move', 'note', 'pilot']),
      version: count,
      value: z.string().nullable(),
      words: z.string(),
    }),
  ),
});
export type ActionView = z.infer<typeof actionViewSchema>;

const turnSchema = z.strictObject({
  action: z.string(),
  title: z.string(),
  status: z.enum(actionStatuses),
  guidance: guidanceLinkSchema.nullable(),
  /** What else it follows from: a gap of the audit or a decision. */
  resource: z.string().nullable(),
  decision: decisionLinkSchema.nullable(),
  pilot: pilotLinkSchema.nullable(),
  study: z.strictObject({ review: z.string(), study: z.string() }).nullable(),
  indicator: z.strictObject({ indicator: z.string(), title: z.string(), target: z.number().nullable() }).nullable(),
  breaks: z.array(z.enum(loopBreaks)),
});
export type LoopTurnView = z.infer<typeof turnSchema>;

const meetingViewSchema = z.strictObject({ ...heldMeetingSchema.shape, savedAt: z.string(), savedBy: z.string() });
export type MeetingView = z.infer<typeof meetingViewSchema>;

export const planOperations = {
  'plan.resources': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'What the force has for the wellbeing of its people, with its ratings, the widest gap first.',
    input: z.strictObject({}),
    output: z.strictObject({ resources: z.array(resourceViewSchema) }),
  }),
  'plan.saveResource': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.resource',
    summary: 'Saves the rating of a resource as its next version; those before stay known.',
    input: z.strictObject({ resource: resourceSchema }),
    output: resourceViewSchema,
  }),
  'plan.actions': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'The actions of the plan, in the order in which they were begun.',
    input: z.strictObject({}),
    output: z.strictObject({
      actions: z.array(actionSummarySchema),
      /** The indicators that an action can be to move. */
      indicators: z.array(z.strictObject({ indicator: z.string(), title: z.string() })),
    }),
  }),
  'plan.action': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'One action with its versions, sign-offs, moves and notes.',
    input: z.strictObject({ action: planCode }),
    output: actionViewSchema,
  }),
  'plan.startAction': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.action',
    summary: 'Starts an action from guidance, a gap of the audit or a decision, under the next free code.',
    input: z.strictObject({
      /** Made of what it follows from where it is left out. */
      title: actionSchema.shape.title.optional(),
      guidance: guidanceLinkSchema.optional(),
      resource: planCode.optional(),
      decision: decisionLinkSchema.optional(),
    }),
    output: actionViewSchema,
  }),
  'plan.saveAction': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.action',
    summary:
      'Saves an action as its next version, which somebody else signs off. Refused where actions wait in a circle.',
    input: z.strictObject({ action: actionSchema }),
    output: actionViewSchema,
  }),
  'plan.signOff': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.signOff',
    summary: 'Signs off the version of an action that was read. Nobody signs off what they saved a version of.',
    input: z.strictObject({
      action: planCode,
      version: count.min(1),
      /** The post on whose behalf it is signed. */
      post: planPost,
    }),
    output: actionViewSchema,
  }),
  'plan.moveAction': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.move',
    summary: 'Moves an action to another status. It begins signed off, and once what it waits for is done.',
    input: z.strictObject({ action: planCode, to: z.enum(['proposed', 'under way', 'done', 'stopped']), reason }),
    output: actionViewSchema,
  }),
  'plan.note': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.note',
    summary: 'Adds a note to an action. It is never changed.',
    input: z.strictObject({ action: planCode, words: z.string().trim().min(3, 'write a few words').max(2_000) }),
    output: actionViewSchema,
  }),
  'plan.startPilot': operation({
    kind: 'command',
    roles: ['evaluator'],
    audit: 'plan.pilot',
    summary: 'Begins a pilot as an idea from an action, and keeps which led to which.',
    input: z.strictObject({ action: planCode, pilot: z.string().trim().min(1).max(200) }),
    output: actionViewSchema,
  }),
  'plan.linkPilot': operation({
    kind: 'command',
    roles: readers,
    audit: 'plan.pilot',
    summary: 'Says which pilot, of those that there are, an action led to.',
    input: z.strictObject({ action: planCode, pilot: z.string().trim().min(1).max(200) }),
    output: actionViewSchema,
  }),
  'plan.loop': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'How guidance, actions, pilots, reviews and indicators hang together, and where the chain is broken.',
    input: z.strictObject({}),
    output: z.strictObject({
      turns: z.array(turnSchema),
      /** Pilots that no action led to. */
      pilotsWithoutAction: z.array(pilotLinkSchema),
    }),
  }),
  'plan.meetings': operation({
    kind: 'query',
    roles: readers,
    audit: null,
    summary: 'Review meetings with the indicators as they stood, the newest first.',
    input: z.strictObject({}),
    output: z.strictObject({ meetings: z.array(meetingViewSchema) }),
  }),
  'plan.holdMeeting': operation({
    kind: 'job',
    roles: readers,
    audit: 'plan.meeting',
    summary: 'Keeps a review meeting, with the indicators as the engine reads them for its day.',
    input: z.strictObject({ meeting: meetingSchema }),
    output: meetingViewSchema,
  }),
};
