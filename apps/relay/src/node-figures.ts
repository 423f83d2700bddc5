import type { StreamStatus } from '#contracts';
import type { Clock } from '#kernel';
import type { LanePool } from '#lanes';
import type { NodePresence } from '#live';
import type { CertificateWatch } from './certificate-watch.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { Relay } from './relay.ts';

const BITS_PER_BYTE = 8;

/** A stream, as far as its encoders are counted. */
interface Counted {
  status(): Pick<StreamStatus, 'inputs'>;
}

export interface NodeFigurePorts {
  readonly clock: Clock;
  readonly lanes: Pick<LanePool, 'isUp' | 'size' | 'takeLoad'>;
  readonly relay: Pick<Relay, 'bytesOut' | 'isDraining' | 'refused' | 'workOf'> & {
    readonly streams: readonly Counted[];
  };
  readonly budget: Pick<MemoryBudget, 'budgetBytes'>;
  readonly certificates: Pick<CertificateWatch, 'shown'>;
  /** Null where its operator has not said. */
  readonly uplinkKbps: number | null;
  /** What the process has of the machine's memory now. */
  usedBytes(): number;
}

type Figures = Omit<NodePresence, 'lanes' | 'nodeId' | 'previewUrl' | 'startedAt' | 'streams'>;

/** What a node says of itself beside its name: read on a beat, and counted nowhere else. */
export class NodeFigures {
  readonly #ports: NodeFigurePorts;
  #bytesOut = 0;
  #readAtMs: number;

  constructor(ports: NodeFigurePorts) {
    this.#ports = ports;
    this.#readAtMs = ports.clock.monotonicMs();
  }

  /** Rates and loads are those of the time since the last call. */
  read(): Figures {
    const { clock, lanes, relay, budget, uplinkKbps } = this.#ports;
    return {
      saidAt: new Date(clock.wallMs()).toISOString(),
      isDraining: relay.isDraining,
      laneFigures: Array.from({ length: lanes.size }, (_, lane) => ({
        lane,
        isUp: lanes.isUp(lane),
        load: Math.round(lanes.takeLoad(lane) * 1_000) / 1_000,
        ...relay.workOf(lane),
      })),
      memory: { usedBytes: this.#ports.usedBytes(), budgetBytes: budget.budgetBytes },
      kbpsIn: this.#kbpsIn(),
      kbpsOut: this.#kbpsOut(),
      uplinkKbps,
      certificate: this.#certificate(),
      refusedPublishes: relay.refused.newest,
    };
  }

  #kbpsIn(): number {
    const inputs = this.#ports.relay.streams.flatMap((stream) =>
      Object.values(stream.status().inputs),
    );
    return Math.round(inputs.reduce((sum, input) => sum + (input?.kbps ?? 0), 0));
  }

  #kbpsOut(): number {
    const { clock, relay } = this.#ports;
    const nowMs = clock.monotonicMs();
    const [bytes, forMs] = [relay.bytesOut - this.#bytesOut, nowMs - this.#readAtMs];
    this.#bytesOut = relay.bytesOut;
    this.#readAtMs = nowMs;
    // A broadcast that is forgotten takes nothing away: what was sent stays counted.
    return forMs <= 0 ? 0 : Math.round((bytes * BITS_PER_BYTE) / forMs);
  }

  #certificate(): Figures['certificate'] {
    const { shown } = this.#ports.certificates;
    if (shown === null) return null;
    const { expiresAtMs, ...rest } = shown;
    return { ...rest, expiresAt: new Date(expiresAtMs).toISOString() };
  }
}
