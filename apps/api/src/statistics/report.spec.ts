import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BroadcastEvent } from '#contracts';
import { broadcastReport } from './report-document.ts';
import type { ReportFacts } from './report-document.ts';
import { escapeHtml, escapeMarkdown, reportAsHtml, reportAsMarkdown } from './report-text.ts';

const START = '2026-11-21T20:00:00.000Z';
const HOSTILE = '<img src=x onerror=alert(1)>|**bold**\n# [click](javascript:alert(1)) www.x.org';

const broadcast: ReportFacts['broadcast'] = {
  id: '01980000-0000-7000-8000-000000000001',
  streamId: '01980000-0000-7000-8000-000000000002',
  streamName: 'Show',
  nodeId: 'local',
  startedAt: START,
  endedAt: '2026-11-21T21:02:03.000Z',
  endReason: 'grace-expired',
  durationMs: 3_723_000,
  destinations: [
    {
      destinationId: 'd',
      name: 'Main',
      platform: 'youtube',
      liveMs: 3_600_000,
      livePercent: 97,
      reconnects: 1,
      failures: 1,
      lastCode: null,
      lastClass: null,
    },
  ],
};
const event = (atMs: number, message: string, more: Partial<BroadcastEvent> = {}) => ({
  id: '01980000-0000-7000-8000-000000000003',
  broadcastId: broadcast.id,
  at: new Date(Date.parse(START) + atMs).toISOString(),
  kind: 'push' as const,
  code: 'KEY_REJECTED',
  message,
  destinationId: null,
  remoteWords: null,
  actor: null,
  ...more,
});
const facts = (more: Partial<ReportFacts> = {}): ReportFacts => ({
  broadcast,
  attempts: [
    {
      destinationId: 'd',
      destinationName: 'Main',
      attempts: 3,
      bytesWritten: 2_500_000_000,
      untold: 0,
    },
  ],
  statistics: [
    {
      destinationId: 'd',
      seconds: 3_600,
      kbpsAvg: 6_000,
      kbpsMin: 0,
      kbpsMax: 7_000,
      lagMsMax: 2_340,
      dropped: 12,
      reconnects: 1,
      bytes: 2_500_000_000,
    },
  ],
  events: [event(3_000, 'Main is live.')],
  isCut: false,
  nowMs: Date.parse(START),
  ...more,
});

describe('the report', () => {
  it('says how long, how well, and what happened', () => {
    const report = reportAsMarkdown(broadcastReport(facts()));
    expect(report).toContain('# Broadcast of Show');
    expect(report).toContain('| Duration | 1:02:03 |');
    expect(report).toContain('| Ended because | the encoder did not come back in time |');
    expect(report).toContain(
      '| Main | 1:00:00 (97 % of the time wanted) | 3 | once | 12 | 2.3 s | 6000 kbit/s | 2.5',
    );
    expect(report).toContain('| 2026-11-21 20:00:03 UTC | +0:00:03 | Main is live. |  |');
  });

  it('does not make up what is not known of a destination', () => {
    const report = reportAsMarkdown(
      broadcastReport(facts({ broadcast: { ...broadcast, destinations: [] } })),
    );
    expect(report).toContain('| Main | – | 3 | – | 12 |');
  });

  it('takes from the figures what attempts without an end have sent', () => {
    const known = facts();
    const sent = (bytesWritten: number, statistics = known.statistics) => {
      const attempts = known.attempts.map((one) => ({ ...one, bytesWritten, untold: 1 }));
      return reportAsMarkdown(broadcastReport({ ...known, attempts, statistics }));
    };
    expect(sent(0)).toContain('| 6000 kbit/s | 2.50 GB |');
    expect(sent(1_000_000)).toContain('| 6000 kbit/s | 2.50 GB |');
    expect(sent(1_000_000, [])).toContain('| – | 1.0 MB |');
  });

  it('puts the words of the platform and the name of who asked beside what happened', () => {
    const events = [
      event(0, 'Main: refused.', { remoteWords: 'no such key ***' }),
      event(1, 'Main was stopped.', { kind: 'action', actor: 'owner@example.org' }),
    ];
    const report = reportAsHtml(broadcastReport(facts({ events })));
    expect(report).toContain('Main: refused. The server said: “no such key ***”');
    expect(report).toContain('<td>owner@example.org</td>');
  });

  it('tells of one that is live, without figures, and of a timeline that is too long', () => {
    const live = { ...broadcast, endedAt: null, endReason: null };
    const nowMs = Date.parse(START) + 61_000;
    const report = reportAsMarkdown(
      broadcastReport(facts({ broadcast: live, attempts: [], statistics: [], isCut: true, nowMs })),
    );
    expect(report).toContain('| Ended | It is live. |');
    expect(report).toContain('| Duration | 0:01:01 |');
    expect(report).toContain('Nothing was sent anywhere.');
    expect(report).toContain('Only the first 1 entries are shown');
  });
});

describe('a report with hostile texts in it', () => {
  const hostile = broadcastReport(
    facts({
      broadcast: { ...broadcast, streamName: HOSTILE },
      events: [event(0, HOSTILE, { remoteWords: HOSTILE, actor: HOSTILE })],
    }),
  );

  it('has no mark-up of theirs as HTML', () => {
    const html = reportAsHtml(hostile);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('has no mark-up, line or link of theirs as Markdown', () => {
    const markdown = reportAsMarkdown(hostile);
    expect(markdown).not.toMatch(/(?<!\\)[<[*]/);
    expect(markdown).not.toMatch(/^# \\\[/m);
    expect(markdown).not.toContain('www.');
    expect(markdown.split('\n').filter((line) => line.includes('img'))).toHaveLength(2);
  });

  it('is escaped, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).toMatch(/^(?:[^<>"'&]|&(?:amp|lt|gt|quot|#39);)*$/u);
        const markdown = escapeMarkdown(text);
        expect(markdown).not.toMatch(/[\n\r\u2028]/);
        expect(markdown.replaceAll(/\\./gsu, '')).not.toMatch(/[|<>`*_[\]~]/);
      }),
    );
  });
});
