import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { listenFailed } from './listening.ts';

/** Each look wakes the process; the library's own choice of 10 ms costs 1 % of a core. */
const EVENT_LOOP_LOOK_MS = 1_000;

/** Figures read at the moment of a scrape; nothing is counted for their sake while media flows. */
export interface RelayFigures {
  readonly streamsLive: number;
  readonly streamsInGrace: number;
  readonly pushesByState: ReadonlyMap<string, number>;
  readonly historyWaiting: number;
  readonly historyDropped: number;
  readonly statisticsWaiting: number;
  readonly statisticsDropped: number;
  readonly lanesLost: number;
  readonly bytesOut: number;
  readonly ringBytes: number;
  readonly memoryBudgetBytes: number;
  readonly memoryLeftBytes: number;
  /** Of the certificate that encoders see, on the wall's clock; null before there is one. */
  readonly certificateExpiresAtMs: number | null;
}

/**
 * Whether new encoders should come here. The stores are no part of it: without them known encoders
 * are let in all the same, and a relay that is passed over for their sake would keep those out.
 */
export type RelayStanding = 'starting' | 'ready' | 'draining';

/**
 * Prometheus text on an address of its own, and whether the relay is alive and ready. Labels are
 * our own states only, never a remote string.
 */
export class MetricsServer {
  readonly #registry = new Registry();
  readonly #server: Server;

  /** `takeDelaysMs`: by thread the longest delay since it was called last. */
  constructor(
    figures: () => RelayFigures,
    takeDelaysMs: () => ReadonlyMap<string, number>,
    standing: () => RelayStanding,
  ) {
    collectDefaultMetrics({
      register: this.#registry,
      prefix: 'forkcast_',
      eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS,
    });
    this.#gauge('streams_live', 'Streams with an encoder', () => figures().streamsLive);
    this.#gauge(
      'streams_in_grace',
      'Streams whose encoder is away',
      () => figures().streamsInGrace,
    );
    this.#gauge(
      'history_waiting',
      'Records on their way to Postgres',
      () => figures().historyWaiting,
    );
    this.#gauge(
      'history_dropped',
      'Records dropped since the start',
      () => figures().historyDropped,
    );
    this.#gauge(
      'statistics_waiting',
      'Records of figures on their way to Postgres',
      () => figures().statisticsWaiting,
    );
    this.#gauge(
      'statistics_dropped',
      'Records of figures dropped since the start',
      () => figures().statisticsDropped,
    );
    this.#gauge('lanes_lost', 'Lanes that died since the start', () => figures().lanesLost);
    this.#gauge('ring_bytes', 'Memory that rings hold', () => figures().ringBytes);
    this.#gauge(
      'memory_budget_bytes',
      'What the relay may use (RELAY_MEMORY_MBYTES)',
      () => figures().memoryBudgetBytes,
    );
    this.#gauge(
      'memory_left_bytes',
      'What is left of it for further streams, by the sum in docs/operations.md',
      () => figures().memoryLeftBytes,
    );
    this.#gauge(
      'certificate_expires_timestamp_seconds',
      'When the TLS certificate that encoders see expires',
      () => Math.floor((figures().certificateExpiresAtMs ?? 0) / 1_000),
    );
    this.#pushes(figures);
    this.#bytesOut(figures);
    this.#delays(takeDelaysMs);
    this.#server = createServer((request, response) => {
      const path = request.method === 'GET' ? request.url : undefined;
      if (path === '/metrics') this.#tell(response);
      else if (path === '/healthz') say(response, 200, 'ok');
      else if (path === '/readyz') say(response, standing() === 'ready' ? 200 : 503, standing());
      else response.writeHead(404).end();
    });
  }

  /** Errors: `LISTEN_FAILED`. Gives the port: another one when asked for any with 0. */
  listen(host: string, port: number): Promise<number> {
    const place = { host, port, variables: 'METRICS_HOST, METRICS_PORT' };
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(listenFailed(place, error));
      this.#server.once('error', fail);
      this.#server.listen(port, host, () => {
        this.#server.off('error', fail);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #tell(response: ServerResponse): void {
    this.#registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': this.#registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  }

  #gauge(name: string, help: string, read: () => number): void {
    const metric = new Gauge({
      name: `forkcast_${name}`,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    this.#registry.registerMetric(metric);
  }

  #pushes(figures: () => RelayFigures): void {
    const metric = new Gauge({
      name: 'forkcast_pushes',
      help: 'Pushes of live broadcasts by state',
      labelNames: ['state'],
      registers: [],
      collect() {
        this.reset();
        for (const [state, count] of figures().pushesByState) this.set({ state }, count);
      },
    });
    this.#registry.registerMetric(metric);
  }

  #delays(takeDelaysMs: () => ReadonlyMap<string, number>): void {
    const metric = new Gauge({
      name: 'forkcast_event_loop_delay_max_seconds',
      help: 'Longest time since the last scrape that a thread was late for what was due',
      labelNames: ['thread'],
      registers: [],
      collect() {
        this.reset();
        for (const [thread, ms] of takeDelaysMs()) this.set({ thread }, ms / 1_000);
      },
    });
    this.#registry.registerMetric(metric);
  }

  #bytesOut(figures: () => RelayFigures): void {
    let counted = 0;
    const metric = new Counter({
      name: 'forkcast_bytes_out_total',
      help: 'Media bytes that sockets to destinations have taken',
      registers: [],
      collect() {
        const total = figures().bytesOut;
        this.inc(Math.max(0, total - counted));
        counted = Math.max(counted, total);
      },
    });
    this.#registry.registerMetric(metric);
  }
}

function say(response: ServerResponse, code: number, status: string): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(code, headers).end(JSON.stringify({ status }));
}
