import { describe, expect, it } from 'vitest';
import {
  createDestinationBodySchema,
  createStreamBodySchema,
  cursorQuerySchema,
  destinationSchema,
  pushStatusSchema,
  relayCommandSchema,
  rotateKeyBodySchema,
  streamSchema,
  streamStatusSchema,
} from './index.ts';
import { BACKUP_AFTER_MAX, DELAY_SECONDS_MAX, DESTINATION_KEY_LENGTH_MAX } from './destination.ts';
import { PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX } from './scalars.ts';
import { GRACE_SECONDS_MAX, NAME_LENGTH_MAX, OVERLAP_SECONDS_MAX } from './stream.ts';

const destination = { name: 'Main', url: 'rtmps://live.example/app', streamKey: 'k-1234-5678' };

describe('bodies', () => {
  it('gives a stream its default grace period', () => {
    expect(createStreamBodySchema.parse({ name: ' Show ' })).toEqual({
      name: 'Show',
      graceSeconds: 60,
      endOnUnpublish: false,
      takeover: 'takeover',
    });
  });

  it('gives a destination no delay, the live edge, and three failures before its backup', () => {
    expect(createDestinationBodySchema.parse(destination)).toMatchObject({
      delaySeconds: 0,
      resume: 'live',
      backupAfter: 3,
      backupUrl: null,
    });
  });

  it.each([
    [{ name: 'n'.repeat(NAME_LENGTH_MAX) }, true],
    [{ name: 'n'.repeat(NAME_LENGTH_MAX + 1) }, false],
    [{ name: '   ' }, false],
    [{ name: 'two\nlines' }, false],
    [{ name: 'right-to-left \u202e trick' }, false],
    [{ name: 'Show', graceSeconds: GRACE_SECONDS_MAX }, true],
    [{ name: 'Show', graceSeconds: GRACE_SECONDS_MAX + 1 }, false],
    [{ name: 'Show', graceSeconds: -1 }, false],
    [{ name: 'Show', greaceSeconds: 5 }, false],
  ])('judges the stream %j: %s', (body, taken) => {
    expect(createStreamBodySchema.safeParse(body).success).toBe(taken);
  });

  it.each([
    [{ ...destination, streamKey: 'k'.repeat(DESTINATION_KEY_LENGTH_MAX) }, true],
    [{ ...destination, streamKey: 'k'.repeat(DESTINATION_KEY_LENGTH_MAX + 1) }, false],
    [{ ...destination, streamKey: 'abc?backup=1&x=%20' }, true],
    [{ ...destination, streamKey: 'with space' }, false],
    [{ ...destination, streamKey: 'line\r\nbreak' }, false],
    [{ ...destination, platform: 'Not An Id' }, false],
    [{ ...destination, streamKey: undefined }, false],
    [{ ...destination, url: undefined }, false],
    [{ name: 'Rehearsal', platform: 'test' }, true],
    [{ name: 'Rehearsal', platform: 'custom' }, false],
    [{ ...destination, delaySeconds: DELAY_SECONDS_MAX }, true],
    [{ ...destination, delaySeconds: DELAY_SECONDS_MAX + 1 }, false],
    [{ ...destination, delaySeconds: 0.5 }, false],
    [{ ...destination, backupAfter: BACKUP_AFTER_MAX }, true],
    [{ ...destination, backupAfter: BACKUP_AFTER_MAX + 1 }, false],
    [{ ...destination, certificateSha256: 'aF09'.repeat(16) }, true],
    [{ ...destination, certificateSha256: `${'aF09'.repeat(16)}0` }, false],
    [{ ...destination, certificateSha256: 'aF09'.repeat(16).slice(1) }, false],
    [{ ...destination, certificateSha256: null }, true],
  ])('judges the destination %j: %s', (body, taken) => {
    expect(createDestinationBodySchema.safeParse(body).success).toBe(taken);
  });

  it('bounds the overlap of two ingest keys', () => {
    expect(rotateKeyBodySchema.safeParse({ overlapSeconds: OVERLAP_SECONDS_MAX }).success).toBe(
      true,
    );
    expect(rotateKeyBodySchema.safeParse({ overlapSeconds: OVERLAP_SECONDS_MAX + 1 }).success).toBe(
      false,
    );
  });

  it('reads page sizes from query text and bounds them', () => {
    expect(cursorQuerySchema.parse({})).toEqual({ limit: PAGE_ITEMS_DEFAULT });
    expect(cursorQuerySchema.parse({ limit: `${PAGE_ITEMS_MAX}` }).limit).toBe(PAGE_ITEMS_MAX);
    expect(cursorQuerySchema.safeParse({ limit: `${PAGE_ITEMS_MAX + 1}` }).success).toBe(false);
  });
});

describe('answers', () => {
  it('have no place for a destination key or an ingest key', () => {
    expect(Object.keys(destinationSchema.shape)).not.toContain('streamKey');
    expect(Object.keys(streamSchema.shape.ingest.shape)).not.toContain('streamKey');
  });

  it('know no push state beyond the published ones', () => {
    expect(pushStatusSchema.shape.state.safeParse('publishing').success).toBe(false);
  });
});

describe('the status of a stream', () => {
  it('of an earlier version is read, with what it could not say left open', () => {
    const id = '01920000-0000-7000-8000-000000000000';
    const at = '2026-11-20T10:00:00.000Z';
    const none = { tcp: null, tls: null, publishAccepted: null, lastProgressAt: null };
    const push = {
      destinationId: id,
      enabled: true,
      state: 'live',
      since: at,
      attempt: 1,
      nextRetryAt: null,
      lastError: null,
      evidence: { ...none, bytesWritten: 0, bytesAcked: 0 },
      kbps: 0,
      lagMs: 0,
      droppedFrames: 0,
    };
    const status = { streamId: id, state: 'live', broadcast: null, ingest: null, updatedAt: at };
    expect(streamStatusSchema.parse({ ...status, pushes: [push] })).toMatchObject({
      inputs: { primary: null, backup: null },
      activeInput: null,
      graceEndsAt: null,
      hold: null,
      delaySecondsMax: null,
      pushes: [{ delayMs: 0, delayWantedMs: 0, startsAt: null, target: 'main' }],
    });
  });
});

describe('relay commands', () => {
  it('drop whatever is not an id, so that no key can travel through a queue', () => {
    const id = '01920000-0000-7000-8000-000000000000';
    expect(relayCommandSchema.parse({ kind: 'reconcile', streamId: id, streamKey: 'k' })).toEqual({
      kind: 'reconcile',
      streamId: id,
    });
  });
});
