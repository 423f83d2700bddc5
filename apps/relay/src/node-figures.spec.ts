import { describe, expect, it } from 'vitest';
import type { InputStatus } from '#contracts';
import { FakeTime } from '#testing';
import type { ShownCertificate } from './certificate-watch.ts';
import { NodeFigures } from './node-figures.ts';
import { RefusedPublishes } from './refused-publishes.ts';

const input = (kbps: number): InputStatus => ({
  connectedAt: '2026-01-01T00:00:00.000Z',
  protocol: 'rtmp',
  encoder: null,
  kbps,
  video: null,
  audio: null,
  warnings: [],
  health: 'well',
});

function node() {
  const time = new FakeTime();
  const relay = {
    bytesOut: 0,
    isDraining: false,
    refused: new RefusedPublishes(time),
    streams: [
      { status: () => ({ inputs: { primary: input(6_000), backup: input(500.4) } }) },
      { status: () => ({ inputs: { primary: null, backup: null } }) },
    ],
    workOf: (lane: number) => ({ ingests: lane, pushes: 10 * lane }),
  };
  const certificates: { shown: ShownCertificate | null } = { shown: null };
  const figures = new NodeFigures({
    clock: time,
    lanes: { size: 2, isUp: (lane) => lane === 0, takeLoad: (lane) => (lane === 0 ? 0.12345 : 0) },
    relay,
    budget: { budgetBytes: 900 },
    certificates,
    uplinkKbps: null,
    usedBytes: () => 310,
  });
  return { time, relay, certificates, figures };
}

describe('what a node says of itself', () => {
  it('is its lanes with their load and work, its memory, and when it said so', () => {
    const { figures } = node();
    expect(figures.read()).toEqual({
      saidAt: '2026-01-01T00:00:00.000Z',
      isDraining: false,
      laneFigures: [
        { lane: 0, isUp: true, load: 0.123, ingests: 0, pushes: 0 },
        { lane: 1, isUp: false, load: 0, ingests: 1, pushes: 10 },
      ],
      memory: { usedBytes: 310, budgetBytes: 900 },
      kbpsIn: 6_500,
      kbpsOut: 0,
      uplinkKbps: null,
      certificate: null,
      refusedPublishes: [],
    });
  });

  it('counts what has left it since it was read last', () => {
    const { time, relay, figures } = node();
    relay.bytesOut = 1_000_000;
    time.advance(2_000);
    expect(figures.read().kbpsOut).toBe(4_000);
    time.advance(3_000);
    expect(figures.read().kbpsOut).toBe(0);
    relay.bytesOut += 500;
    expect(figures.read().kbpsOut, 'no time has passed').toBe(0);
  });

  it('shows the certificate that encoders see', () => {
    const { certificates, figures } = node();
    const named = { subject: 'CN=live', issuer: 'CN=Forkcast self-made', isSelfMade: true };
    certificates.shown = { ...named, expiresAtMs: Date.UTC(2027, 0, 1) };
    expect(figures.read().certificate).toEqual({
      ...named,
      expiresAt: '2027-01-01T00:00:00.000Z',
    });
  });
});
