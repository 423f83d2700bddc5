import { liveEventSchema, streamStatusSchema } from '#contracts';
import { LANE_LIMITS, type AttemptOrder } from '#lanes';
import { CALL_DEADLINE_MS } from '#live';
import type { HistoryRecord, StatisticsRecord } from '#persistence';
import { BackOffCheck } from './back-off-check.ts';
import type { DestinationSession } from './destination.ts';
import { HistoryCheck } from './history-check.ts';
import { InputCheck } from './input-check.ts';
import type { Ledger } from './ledger.ts';
import type { RunningAttempt, SimLane } from './sim-lane.ts';
import type { SimLink } from './sim-link.ts';
import { CANARY_KEY, GATE, type SimNode } from './sim-node.ts';
import type { SimRedis } from './sim-store.ts';
import type { SimTime } from './sim-time.ts';

/** How often what stands is looked at. */
export const LOOK_MS = 500;
/** A lane looks at a stalled peer at least this often, and we at the lane. */
const STALL_SLACK_MS = 250 + 2 * LOOK_MS;
/** A healthy destination has everything that is older than this. */
const HEALTHY_LAG_MS = 1_500;
/** A node that has lost its lease hears of it on its next beat, and tells its lanes. */
const HEARS_WITHIN_MS = 2_000;
/** Openings, answers and pings, beside the ring's own bytes. */
const BESIDE_BYTES_MAX = 16 * 1024;
/** A wish is applied at once when its command arrives, else with the next reconciliation. */
const WISH_APPLIED_MS = 13_000;
/** As the gate keeps them apart, less what time is rounded by. */
const APART_MS = GATE.apartMs - 1;
/** Of all grace periods that owners choose here. */
const GRACE_MS_MAX = 20_000;
/** Longer, where an encoder came back at its end and has no keyframe yet. */
const KEYFRAME_WAIT_MS = 10_000;
const SCHEMA_SHARE = 16;

interface Dialling {
  readonly node: SimNode;
  readonly destinationId: string;
}

/** What is held against the run, at every step of it. */
export class Invariants {
  readonly #time: SimTime;
  readonly #ledger: Ledger;
  readonly #redis: SimRedis;
  readonly #streamId: string;
  readonly #isHealthy: (destinationId: string) => boolean;
  readonly #links = new Map<string, { readonly link: SimLink; readonly node: SimNode }[]>();
  readonly #histories = new Map<SimNode, HistoryCheck>();
  readonly #backOff: BackOffCheck;
  readonly #inputs: InputCheck;
  readonly #dialling = new Map<string, Dialling>();
  readonly #liveSinceMs = new Map<string, number>();
  readonly #lastDialMs = new WeakMap<SimNode, number>();
  readonly #standing = new WeakMap<SimNode, { readonly kind: string; readonly sinceMs: number }>();
  readonly #excusedSkips = new WeakMap<DestinationSession, number>();
  #wishesOpenUntilMs = 0;
  #told = 0;

  constructor(
    time: SimTime,
    ledger: Ledger,
    about: { readonly redis: SimRedis; readonly streamId: string },
    isHealthy: (destinationId: string) => boolean,
  ) {
    this.#time = time;
    this.#ledger = ledger;
    this.#redis = about.redis;
    this.#streamId = about.streamId;
    this.#isHealthy = isHealthy;
    this.#backOff = new BackOffCheck(ledger);
    this.#inputs = new InputCheck(ledger);
  }

  /** An owner has changed their wishes, which makes past failures worthless once it is applied. */
  wishChanged(withinMs = WISH_APPLIED_MS): void {
    const untilMs = this.#time.monotonicMs() + withinMs;
    this.#backOff.forgiveAll();
    this.#wishesOpenUntilMs = Math.max(this.#wishesOpenUntilMs, untilMs);
  }

  nodeStarted(node: SimNode): void {
    this.#histories.set(node, new HistoryCheck(this.#ledger, node.nodeId));
  }

  /** A process was killed: history closes what it left open, and what it waited for is its own. */
  nodeDied(node: SimNode): void {
    this.#histories.delete(node);
    for (const [id, one] of this.#dialling) if (one.node === node) this.#dialling.delete(id);
    this.wishChanged();
  }

  nodeShutDown(node: SimNode): void {
    this.#histories.get(node)?.mustBeClosed();
  }

  onFigures(node: SimNode, record: StatisticsRecord): void {
    this.#histories.get(node)?.onFigures(record);
  }

  onRecord(node: SimNode, record: HistoryRecord): void {
    const history = this.#histories.get(node);
    if (history === undefined) return;
    const destinationId =
      record.kind === 'attempt-ended' ? history.destinationOf(record.id) : undefined;
    history.onRecord(record);
    const nowMs = this.#time.monotonicMs();
    this.#inputs.onRecord(node, record, nowMs);
    if (record.kind === 'event' && record.code.startsWith('ENCODER_')) {
      this.#standing.delete(node);
    } else if (record.kind === 'broadcast-ended') {
      for (const id of this.#links.keys()) this.#backOff.forgive(pushOf(node, id));
    } else if (record.kind === 'attempt-started') {
      this.#onStarted(node, record.id, record.destinationId);
    } else if (record.kind === 'attempt-ended' && destinationId !== undefined) {
      const sinceMs = this.#liveSinceMs.get(record.id);
      const liveMs = sinceMs === undefined ? undefined : nowMs - sinceMs;
      this.#dialling.delete(record.id);
      this.#liveSinceMs.delete(record.id);
      this.#backOff.ended(pushOf(node, destinationId), {
        class: record.class,
        nowMs,
        liveMs,
        mayFollowGhost: this.#redis.ghosts.has(destinationId),
      });
      if (nowMs < this.#wishesOpenUntilMs) this.#backOff.forgive(pushOf(node, destinationId));
    }
  }

  /** The main thread has heard that an attempt is live. */
  onLive(attemptId: string): void {
    if (!this.#dialling.delete(attemptId)) return;
    this.#liveSinceMs.set(attemptId, this.#time.monotonicMs());
  }

  onDial(node: SimNode, order: AttemptOrder, link: SimLink): void {
    const links = this.#links.get(order.destinationId) ?? [];
    this.#links.set(order.destinationId, [
      ...links.filter((one) => one.link.isOpen),
      { link, node },
    ]);
    this.#judgeSessions(order.destinationId);
  }

  /** Everything that stands. */
  look(nodes: readonly SimNode[]): void {
    const nowMs = this.#time.monotonicMs();
    for (const destinationId of this.#links.keys()) this.#judgeSessions(destinationId);
    for (const node of nodes) {
      this.#judgeStanding(node);
      for (const running of node.lanes.attempts) {
        const link = running.link();
        if (link === undefined) continue;
        link.look(nowMs);
        this.#judgeQueue(link, running);
        this.#judgeStall(link, running.lane);
        this.#judgeHealthy(link, running, node.lanes.busyAtMs);
      }
    }
    this.#judgeTold();
  }

  #onStarted(node: SimNode, attemptId: string, destinationId: string): void {
    const nowMs = this.#time.monotonicMs();
    const { nodeId } = node;
    const push = pushOf(node, destinationId);
    if (nowMs < this.#wishesOpenUntilMs) this.#backOff.forgive(push);
    else this.#backOff.started(push, nowMs);
    this.#dialling.set(attemptId, { node, destinationId });
    const count = [...this.#dialling.values()].filter((one) => one.node === node).length;
    this.#ledger.must(count <= GATE.concurrentMax, () => `gate: ${nodeId} dials ${count} at once`);
    const { redis } = node;
    const owner = this.#redis.ownerOf(this.#streamId);
    const hasAsked = redis.mood === 'there' && nowMs > redis.answersLateUntilMs;
    this.#ledger.must(
      !hasAsked || owner === nodeId,
      () => `lease: ${nodeId} dials for a stream of ${owner ?? 'nobody'}`,
    );
    // The store is asked after the gate: one that is slow to answer lets two meet behind it.
    const isApart = nowMs - (this.#lastDialMs.get(node) ?? Number.NEGATIVE_INFINITY) >= APART_MS;
    this.#ledger.must(
      isApart || nowMs <= redis.answersLateUntilMs + CALL_DEADLINE_MS,
      () => `gate: ${nodeId} dials two at a time`,
    );
    this.#lastDialMs.set(node, nowMs);
  }

  /**
   * At most one for each destination; one that has said goodbye is none. Two nodes may overlap
   * while, or right after, one of them could not reach Redis, or Redis was emptied, or a lane stood
   * still that had been told to stop.
   */
  #judgeSessions(destinationId: string): void {
    const all = this.#links.get(destinationId) ?? [];
    const open = all.filter(({ link }) => link.isOpen);
    if (open.length < all.length) this.#links.set(destinationId, open);
    const nodes = new Set(open.map(({ node }) => node));
    this.#ledger.must(
      open.length === nodes.size,
      () => `sessions: ${open.length} of one node to ${destinationId}`,
    );
    const staying = open.filter(({ link }) => !link.isClosing);
    const speaking = new Set(staying.map(({ node }) => node));
    if (speaking.size < 2) return;
    const nowMs = this.#time.monotonicMs();
    const isExcused = open.some(
      ({ node, link }) =>
        nowMs - node.redis.blindAtMs < HEARS_WITHIN_MS ||
        nowMs - (node.lanes.lane(link.terms.lane)?.busyAtMs ?? 0) < HEARS_WITHIN_MS,
    );
    const isEmptied = nowMs - this.#redis.emptiedAtMs < HEARS_WITHIN_MS;
    this.#ledger.must(
      isExcused || isEmptied,
      () => `sessions: two nodes have one to ${destinationId}, and both reach Redis`,
    );
  }

  /** A stream is not live without an encoder, and not in grace for longer than it may be. */
  #judgeStanding(node: SimNode): void {
    const nowMs = this.#time.monotonicMs();
    const standing = node.relay.streams[0]?.standing ?? 'offline';
    const { hasEncoder, busyAtMs } = node.lanes;
    const isFed = hasEncoder || nowMs - busyAtMs < HEARS_WITHIN_MS;
    const isAwaited = standing === 'grace' && hasEncoder;
    const kind = isAwaited ? 'awaited' : standing === 'live' && isFed ? 'fed' : standing;
    const before = this.#standing.get(node);
    const sinceMs = before?.kind === kind ? before.sinceMs : nowMs;
    this.#standing.set(node, { kind, sinceMs });
    const stoodMs = nowMs - sinceMs;
    this.#inputs.look(node, standing === 'grace' ? stoodMs : undefined, nowMs);
    this.#ledger.must(
      kind !== 'live' || stoodMs <= HEARS_WITHIN_MS,
      () => `broadcast: ${node.nodeId} takes a stream for live that has no encoder`,
    );
    this.#ledger.must(
      kind !== 'grace' || stoodMs <= GRACE_MS_MAX + KEYFRAME_WAIT_MS + HEARS_WITHIN_MS,
      () => `broadcast: ${node.nodeId} waits for an encoder for ${stoodMs} ms`,
    );
  }

  /** What waits for a peer is the ring's own, or little. */
  #judgeQueue({ bufferedBytes }: SimLink, { ring, attempt }: RunningAttempt): void {
    this.#ledger.must(
      bufferedBytes <= ring.dataBytes + BESIDE_BYTES_MAX,
      () => `queue: ${bufferedBytes} bytes wait for one destination`,
    );
    const { lagMs } = attempt.figures();
    this.#ledger.must(lagMs >= 0, () => `queue: a lag of ${lagMs} ms`);
  }

  /** A peer that takes nothing is given up. */
  #judgeStall(link: SimLink, lane: SimLane): void {
    const nowMs = this.#time.monotonicMs();
    const stoodMs = nowMs - Math.max(link.movedAtMs, lane.busyAtMs);
    this.#ledger.must(
      link.session?.isLive !== true ||
        link.isClosing ||
        stoodMs <= LANE_LIMITS.stallMs + STALL_SLACK_MS,
      () => `stall: a destination has taken nothing for ${stoodMs} ms`,
    );
  }

  /** The faults of others are no reason to miss anything. */
  #judgeHealthy(link: SimLink, running: RunningAttempt, busyAtMs: number): void {
    const { ring, attempt, order } = running;
    const { session } = link;
    if (session?.isLive !== true || !this.#isHealthy(link.terms.destinationId)) return;
    const nowMs = this.#time.monotonicMs();
    const { nextPlace, skips } = session.check;
    // A lane that stood still falls behind by itself, or gives all it has read at once.
    // One that goes on where it stopped plays what these small rings may soon hold no more.
    const isBehind = order.start.kind === 'rewind';
    if (isBehind || nowMs - busyAtMs < HEALTHY_LAG_MS) this.#excusedSkips.set(session, skips);
    this.#ledger.must(
      skips === (this.#excusedSkips.get(session) ?? 0),
      () => 'isolation: a destination without fault misses frames',
    );
    const freeSinceMs = Math.max(busyAtMs, session.liveSinceMs);
    // One that plays out gets nothing of what came later.
    if (link.isDraining || nextPlace === undefined) return;
    if (nowMs - freeSinceMs < HEALTHY_LAG_MS) return;
    // It plays as fast as the others, and stays behind: by the timeline, not by the clock.
    const behindMs = isBehind ? attempt.figures().delayMs + HEALTHY_LAG_MS : 0;
    const places = ring.witness.placesUntil(nowMs - HEALTHY_LAG_MS - behindMs);
    this.#ledger.must(
      nextPlace >= places,
      () => `isolation: a destination without fault lacks ${places - nextPlace} frames`,
    );
  }

  #judgeTold(): void {
    for (const one of this.#redis.told.splice(0)) {
      this.#told += 1;
      const text = JSON.stringify(one);
      this.#ledger.must(!text.includes(CANARY_KEY), () => 'secrets: a key is shown');
      if (this.#told % SCHEMA_SHARE !== 0) continue;
      const schema = 'type' in one ? liveEventSchema : streamStatusSchema;
      const parsed = schema.safeParse(one);
      this.#ledger.must(parsed.success, () => `contract: ${String(parsed.error)}`);
    }
  }
}

/** One push of one process. */
function pushOf({ nodeId, life }: SimNode, destinationId: string): string {
  return `${nodeId}${life} ${destinationId}`;
}
