import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webhookBodySchema, type OutwardEvent } from '#control';
import { discordBody, mailOf, slackBody, standardBody } from './formats.ts';

const event: OutwardEvent = {
  id: '01920000-0000-7000-8000-000000000001',
  sequence: 7,
  type: 'push.needs_attention',
  at: '2026-11-21T20:15:03.123Z',
  workspaceId: '01920000-0000-7000-8000-000000000002',
  stream: { id: '01920000-0000-7000-8000-000000000003', name: 'Friday show' },
  broadcastId: null,
  destination: {
    id: '01920000-0000-7000-8000-000000000004',
    name: 'Main',
    platform: 'twitch',
  },
  code: 'AUTH_REJECTED',
  message: 'The platform refuses the stream key.',
  remoteWords: 'Bad name',
  actor: null,
};

const evil = '@everyone <!channel> [here](https://evil.test) **now** & \r\nBcc: all\u202E';

describe('a webhook', () => {
  it('is the event, whole', () => {
    const body = webhookBodySchema.parse(JSON.parse(standardBody(event)));
    expect(body).toEqual({ type: event.type, timestamp: event.at, data: event });
  });
});

describe('a notice', () => {
  it('says what, where, what the platform said, and when', () => {
    expect(mailOf(event, 1)).toEqual({
      subject: '[Forkcast] Friday show → Main: The platform refuses the stream key.',
      text:
        'Friday show → Main: The platform refuses the stream key.\n\n' +
        'It said: Bad name\n2026-11-21 20:15:03 UTC · push.needs_attention\n',
    });
  });

  it('names a destination once', () => {
    const { subject } = mailOf({ ...event, message: 'Main is live.' }, 1);
    expect(subject).toBe('[Forkcast] Friday show: Main is live.');
  });

  it('says how often', () => {
    expect(mailOf(event, 12).subject).toContain('(12 times)');
  });

  it('needs neither stream nor destination', () => {
    const bare = { ...event, stream: null, destination: null, remoteWords: null, actor: 'Ann' };
    expect(mailOf(bare, 1).text).toMatch(/^The platform refuses.*\n\nBy: Ann\n/);
  });

  it('pings nobody on Discord and formats nothing', () => {
    const body: unknown = JSON.parse(discordBody({ ...event, message: evil }, 1));
    expect(body).toMatchObject({ allowed_mentions: { parse: [] } });
    const { content } = body as { content: string };
    expect(content).toContain(String.raw`\@everyone \<!channel\> \[here\]\(https\://evil.test\)`);
    expect(content.split('\n')).toHaveLength(3);
  });

  it('pings nobody on Slack', () => {
    const { text } = JSON.parse(slackBody({ ...event, message: evil }, 1)) as { text: string };
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).toContain('&amp; ');
    expect(text).not.toMatch(/[<>]/);
  });

  it('adds no line to the head of a mail', () => {
    const { subject } = mailOf({ ...event, message: evil }, 1);
    expect(subject).not.toMatch(/[\r\n\u202E]/);
  });

  it('is never longer than a platform takes, and keeps its shape', () => {
    const words = fc.string({ unit: 'binary', maxLength: 3_000 });
    fc.assert(
      fc.property(words, words, (message, remoteWords) => {
        const long = { ...event, message, remoteWords };
        const { content } = JSON.parse(discordBody(long, 1)) as { content: string };
        expect(content.length).toBeLessThanOrEqual(2_000);
        const { text } = JSON.parse(slackBody(long, 1)) as { text: string };
        expect(text.length).toBeLessThanOrEqual(2_000);
        expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(mailOf(long, 1).subject.length).toBeLessThanOrEqual(150);
      }),
      { numRuns: 20 },
    );
  });
});
