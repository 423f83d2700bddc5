import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  acceptInvitationBodySchema,
  changeUserBodySchema,
  changeWorkspaceBodySchema,
  createApiTokenBodySchema,
  createScheduleBodySchema,
  createUserBodySchema,
  createWebhookBodySchema,
  createWorkspaceBodySchema,
  deliverySchema,
  EVENT_TYPES,
  eventTypeOf,
  eventTypeSchema,
  outwardEventSchema,
  permissionSchema,
  PERMISSIONS,
  permissionsOf,
  PROBLEM_CODES,
  resolutionSchema,
  ROLE_PERMISSIONS,
  roleSchema,
  ROLES,
  SCHEDULE_MINUTES_MAX,
  scheduleSchema,
  statisticsAnswerSchema,
  statisticsPointSchema,
  testDestinationBodySchema,
  timelineKindSchema,
  webhookBodySchema,
  webhookFormatSchema,
  webhookSchema,
} from './index.ts';
import { WEBHOOK_URL_LENGTH_MAX } from './webhook.ts';

const ID = '01920000-0000-7000-8000-000000000000';
const AT = '2026-11-20T10:00:00.000Z';

describe('the permissions of a role', () => {
  it('are fewer from owner to operator to viewer', () => {
    const { owner, operator, viewer } = ROLE_PERMISSIONS;
    for (const one of operator) expect(owner).toContain(one);
    for (const one of viewer) expect(operator).toContain(one);
    expect([...viewer]).toEqual(['streams:read', 'history:read']);
    for (const role of ROLES) expect(ROLE_PERMISSIONS[role].has('instance:manage')).toBe(false);
    expect(owner.size).toBe(PERMISSIONS.length - 1);
  });

  it('leave ingest keys, webhooks and people to owners', () => {
    const alone = ['keys:manage', 'webhooks:manage', 'members:manage', 'audit:read'] as const;
    for (const one of alone) {
      expect([ROLE_PERMISSIONS.owner.has(one), ROLE_PERMISSIONS.operator.has(one)]).toEqual([
        true,
        false,
      ]);
    }
  });

  it('are what its role and a token’s scopes have in common', () => {
    expect([...permissionsOf('viewer', ['streams:read', 'keys:manage'])]).toEqual(['streams:read']);
    expect(permissionsOf('operator')).toBe(ROLE_PERMISSIONS.operator);
    expect(permissionsOf('owner', []).size).toBe(0);
  });
});

describe('the type of an event', () => {
  it.each([
    ['BROADCAST_STARTED', null, 'broadcast.started'],
    ['ENCODER_FROZEN', null, 'ingest.lost'],
    ['PUSH_LIVE', null, 'push.live'],
    ['KEY_REJECTED', 'rejected', 'push.needs_attention'],
    ['TCP_REFUSED', 'transient', 'push.retrying'],
    ['OF_A_LATER_VERSION', null, 'ingest.warning'],
    ['OF_A_LATER_VERSION', 'of a later version', 'push.retrying'],
    ['constructor', null, 'ingest.warning'],
  ])('of %s with class %s is %s', (code, failureClass, type) => {
    expect(eventTypeOf(code, failureClass)).toBe(type);
  });
});

describe('a problem', () => {
  it('has a code in capitals, an error status, and a sentence that ends', () => {
    for (const [code, { status, sentence }] of Object.entries(PROBLEM_CODES)) {
      expect(code).toMatch(/^[A-Z][A-Z_]+[A-Z]$/);
      expect([code, status >= 400 && status < 600]).toEqual([code, true]);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('the schemas of the control plane', () => {
  const event = {
    id: ID,
    sequence: 1,
    type: 'push.live',
    at: AT,
    workspaceId: ID,
    stream: { id: ID, name: 'Show' },
    broadcastId: ID,
    destination: { id: ID, name: 'Main', platform: 'twitch' },
    code: 'PUSH_LIVE',
    message: 'Main is live.',
    remoteWords: null,
    actor: null,
  };
  const point = {
    at: AT,
    seconds: 10,
    kbps: { avg: 6_000, min: 5_900, max: 6_100 },
    lagMsMax: 12,
    dropped: 0,
    reconnects: 0,
    bytes: 7_500_000,
  };
  const hook = {
    name: 'On-call',
    format: 'standard',
    url: 'https://a.example/h',
    kinds: ['push.live'],
  };
  const schedule = {
    name: 'Friday',
    timeZone: 'Europe/Berlin',
    recurrence: { kind: 'weekly', weekdays: [4] },
    startsAt: '20:15',
    durationMinutes: 90,
  };
  const schedulesRest = { endBroadcast: false, enabled: true, destinations: [] };

  it.each<[string, z.ZodType, unknown]>([
    ['permission', permissionSchema, 'keys:manage'],
    ['role', roleSchema, 'operator'],
    ['eventType', eventTypeSchema, EVENT_TYPES[0]],
    ['timelineKind', timelineKindSchema, 'action'],
    ['outwardEvent', outwardEventSchema, event],
    ['webhookBody', webhookBodySchema, { type: 'push.live', timestamp: AT, data: event }],
    ['webhookFormat', webhookFormatSchema, 'slack'],
    [
      'webhook',
      webhookSchema,
      {
        ...{ id: ID, name: 'On-call', format: 'slack', targetHint: 'hooks.slack.com/…XYZ' },
        ...{ kinds: ['push.live'], streamId: null, enabled: true, disabledReason: null },
        ...{ createdAt: AT, updatedAt: AT },
      },
    ],
    [
      'delivery',
      deliverySchema,
      {
        ...{ id: ID, eventId: ID, sequence: 1, type: 'push.live', state: 'pending', tries: 2 },
        ...{ nextTryAt: AT, lastStatus: 500, lastFault: null, deliveredAt: null },
      },
    ],
    ['testDestinationBody', testDestinationBodySchema, { publish: true }],
    ['resolution', resolutionSchema, 60],
    ['statisticsPoint', statisticsPointSchema, point],
    [
      'statisticsAnswer',
      statisticsAnswerSchema,
      {
        ...{ resolution: 10, from: AT, to: AT },
        series: [{ destinationId: null, name: null, points: [point] }],
      },
    ],
    [
      'schedule',
      scheduleSchema,
      {
        ...{ ...schedule, ...schedulesRest, id: ID, streamId: ID },
        ...{ nextStartAt: AT, nextStopAt: null, lastFiredAt: null },
      },
    ],
  ])('%s takes its example as it is', (_name, schema, example) => {
    expect(schema.parse(example)).toEqual(example);
  });

  it.each([
    ['person', createUserBodySchema.shape.name],
    ['person who is changed', changeUserBodySchema.shape.name],
    ['guest', acceptInvitationBodySchema.shape.name],
    ['token', createApiTokenBodySchema.shape.name],
    ['workspace', createWorkspaceBodySchema.shape.name],
    ['renamed workspace', changeWorkspaceBodySchema.shape.name],
    ['webhook', createWebhookBodySchema.shape.name],
    ['schedule', createScheduleBodySchema.shape.name],
  ])('the name of a %s is one line', (_whose, schema: z.ZodType) => {
    expect(schema.parse('  Ada Lovelace ')).toBe('Ada Lovelace');
    for (const name of ['a\nb', 'a\rb', 'a\u0000b', 'a\u2028b', 'a\u202eb', 'x'.repeat(121), ' ']) {
      expect(schema.safeParse(name).success, JSON.stringify(name)).toBe(false);
    }
  });

  it('a schedule of before that names itself in two lines is still shown', () => {
    expect(scheduleSchema.shape.name.parse('a\nb')).toBe('a\nb');
  });

  it('a schedule begins with a name, a zone, a time and a length', () => {
    expect(createScheduleBodySchema.parse(schedule)).toEqual({ ...schedule, ...schedulesRest });
  });

  it.each([
    [SCHEDULE_MINUTES_MAX, true],
    [SCHEDULE_MINUTES_MAX + 1, false],
  ])('a window of %i minutes is taken: %s', (durationMinutes, taken) => {
    const made = createScheduleBodySchema.safeParse({ ...schedule, durationMinutes });
    expect(made.success).toBe(taken);
  });

  it.each([
    ['a URL for what is no e-mail', hook, true],
    ['an e-mail address', { ...hook, format: 'email', url: undefined, email: 'a@b.example' }, true],
    ['an e-mail address for Slack', { ...hook, format: 'slack', email: 'a@b.example' }, false],
    ['no URL', { ...hook, url: undefined }, false],
    ['a URL of the longest', { ...hook, url: urlOf(WEBHOOK_URL_LENGTH_MAX) }, true],
    ['a URL one character longer', { ...hook, url: urlOf(WEBHOOK_URL_LENGTH_MAX + 1) }, false],
    ['no event that it is for', { ...hook, kinds: [] }, false],
  ])('a webhook with %s is taken: %s', (_name, body, taken) => {
    expect(createWebhookBodySchema.safeParse(body).success).toBe(taken);
  });
});

function urlOf(characters: number): string {
  const start = 'https://a.example/';
  return start + 'x'.repeat(characters - start.length);
}
