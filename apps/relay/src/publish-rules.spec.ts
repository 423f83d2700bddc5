import { describe, expect, it } from 'vitest';
import { NO_STREAM_RULES, type DesiredStream } from '#contracts';
import type { PublishRequest } from '#lanes';
import { FakeTime } from '#testing';
import { newSigningKey, readPublishLink, signPublishLink, type PublishLink } from '#vault';
import type { Verdict } from './authoriser.ts';
import { PublishRules } from './publish-rules.ts';

const STREAM_ID = '0190f0c0-0000-7000-8000-00000000002a';
const SEALED = 'sealed signing key';
const signingKey = newSigningKey();

function streamWith(ingest: Partial<DesiredStream['ingest']> = {}): DesiredStream {
  return {
    ...NO_STREAM_RULES,
    ingest: { ...NO_STREAM_RULES.ingest, signingKeySealed: SEALED, ...ingest },
    streamId: STREAM_ID,
    name: 'a stream',
    graceSeconds: 30,
    endOnUnpublish: false,
    takeover: 'takeover',
    deleted: false,
    destinations: [],
  };
}

/** Postgres, and what goes on in the relay, as the rules see them. */
class Scene {
  readonly time = new FakeTime();
  readonly used = new Map<string, number>();
  isAway = false;
  sinceMs: number | undefined;
  verdict: Verdict = { allowed: true };
  rules = this.newRules();

  newRules(): PublishRules {
    return new PublishRules({
      clock: this.time,
      links: {
        use: ({ nonce }) => {
          if (this.isAway) return Promise.reject(new Error('away'));
          const before = this.used.get(nonce);
          const usedAtMs = before ?? this.time.wallMs();
          this.used.set(nonce, usedAtMs);
          return Promise.resolve({ isFirst: before === undefined, usedAtMs });
        },
      },
      openSigningKey: (streamId, sealed) => {
        if (streamId === STREAM_ID && sealed === SEALED) return signingKey;
        throw new Error('another master key');
      },
      broadcastSinceMs: () => this.sinceMs,
      authorise: () => Promise.resolve(this.verdict),
    });
  }

  link(about: Partial<PublishLink> = {}, key = signingKey): PublishLink {
    const expiresAtS = this.time.wallMs() / 1_000 + 60;
    const usual = { streamId: STREAM_ID, expiresAtS, once: true, input: 'primary' } as const;
    const link = readPublishLink(signPublishLink(key, { ...usual, ...about }));
    if (link === undefined) throw new Error('no link');
    return link;
  }

  /** What is said of an encoder with that link, or with a key. */
  async ask(link?: PublishLink, desired = streamWith()): Promise<string | undefined> {
    const early = link && this.rules.linkObjection(desired, link);
    const objection = early ?? (await this.rules.objection(desired, requestOf(link), 'primary'));
    return objection?.cause;
  }
}

function requestOf(link?: PublishLink, remoteAddress = '192.0.2.1'): PublishRequest {
  return {
    ingestId: 'one',
    keyHash: 'hash',
    credential: link === undefined ? { kind: 'key' } : { kind: 'link', link },
    app: 'live',
    encoder: 'OBS',
    remoteAddress,
    secure: true,
  };
}

describe('a publish link', () => {
  it('opens the stream up to its time, and not at it', async () => {
    const scene = new Scene();
    const link = scene.link({ once: false });
    scene.time.advance(59_999);
    expect(await scene.ask(link)).toBeUndefined();
    scene.time.advance(1);
    expect(await scene.ask(link)).toBe('expired publish link');
  });

  it('that its stream has not signed counts as a guess', async () => {
    const scene = new Scene();
    const strange = scene.link({}, newSigningKey());
    expect(scene.rules.linkObjection(streamWith(), strange)).toMatchObject({ isGuess: true });
    const link = scene.link();
    for (const signingKeySealed of [null, 'sealed by another key']) {
      expect(await scene.ask(link, streamWith({ signingKeySealed }))).toBe('unknown publish link');
    }
    const elsewhere = { ...streamWith(), streamId: STREAM_ID.replace('2a', '2b') };
    expect(await scene.ask(link, elsewhere)).toBe('unknown publish link');
  });

  it('that works once does so once', async () => {
    const scene = new Scene();
    const link = scene.link();
    expect(await scene.ask(link)).toBeUndefined();
    expect(await scene.ask(link)).toBe('used publish link');
    // Also at another relay, which has seen nothing of it.
    scene.rules = scene.newRules();
    expect(await scene.ask(link)).toBe('used publish link');
    expect(await scene.ask(scene.link())).toBeUndefined();
  });

  it('lets its encoder come back while its broadcast is under way', async () => {
    const scene = new Scene();
    const link = scene.link();
    expect(await scene.ask(link)).toBeUndefined();
    scene.sinceMs = scene.time.wallMs() + 400;
    scene.time.advance(3_600_000);
    // Long after the time until which it opens anything.
    expect(await scene.ask(link)).toBeUndefined();
    scene.isAway = true;
    expect(await scene.ask(link)).toBeUndefined();
    scene.sinceMs = undefined;
    expect(await scene.ask(link)).toBe('expired publish link');
  });

  it('lets its encoder come back to a relay that was started anew', async () => {
    const scene = new Scene();
    const link = scene.link({ expiresAtS: scene.time.wallMs() / 1_000 + 7_200 });
    expect(await scene.ask(link)).toBeUndefined();
    scene.sinceMs = scene.time.wallMs();
    scene.rules = scene.newRules();
    scene.time.advance(3_600_000);
    expect(await scene.ask(link)).toBeUndefined();
    // A later broadcast is another one.
    scene.rules = scene.newRules();
    scene.sinceMs = scene.time.wallMs();
    expect(await scene.ask(link)).toBe('used publish link');
  });

  it('that works once is refused while nobody can tell whether it was used', async () => {
    const scene = new Scene();
    scene.isAway = true;
    expect(await scene.ask(scene.link())).toBe('publish link not checked');
    expect(await scene.ask(scene.link({ once: false }))).toBeUndefined();
  });
});

describe('an owner’s rules', () => {
  it('name the addresses that encoders may come from', async () => {
    const { rules } = new Scene();
    const desired = streamWith({ allowedCidrs: ['192.0.2.0/30', '2001:db8::/32'] });
    const cause = async (address: string) =>
      (await rules.objection(desired, requestOf(undefined, address), 'primary'))?.cause;
    expect(await cause('192.0.2.3')).toBeUndefined();
    expect(await cause('::ffff:192.0.2.3')).toBeUndefined();
    expect(await cause('2001:db8::1')).toBeUndefined();
    expect(await cause('192.0.2.4')).toBe('address not allowed');
    expect(await cause('unknown')).toBe('address not allowed');
  });

  it('let nobody in when one of their ranges cannot be read', async () => {
    const desired = streamWith({ allowedCidrs: ['0.0.0.0/0', 'nonsense'] });
    expect(await new Scene().ask(undefined, desired)).toBe('address not allowed');
  });

  it('leave the last word to the owner’s own server', async () => {
    const scene = new Scene();
    scene.verdict = { allowed: false, description: 'Not today.', cause: 'not authorised' };
    expect(await scene.ask()).toBe('not authorised');
    // A link that is not let in is not used up.
    expect(await scene.ask(scene.link())).toBe('not authorised');
    expect(scene.used.size).toBe(0);
  });

  it('are not asked for minutes that are used up by one that is live', async () => {
    const scene = new Scene();
    const desired = { ...streamWith(), quota: { outKbpsMax: null, relayMinutesLeft: 0 } };
    expect(await scene.ask(undefined, desired)).toBe('relay minutes used up');
    scene.sinceMs = 0;
    expect(await scene.ask(undefined, desired)).toBeUndefined();
    scene.sinceMs = undefined;
    const left = { ...desired, quota: { outKbpsMax: null, relayMinutesLeft: 1 } };
    expect(await scene.ask(undefined, left)).toBeUndefined();
  });
});
