import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** Figures read at the moment of a scrape; nothing is counted for their sake while media flows. */
export interface RelayFigures {
  readonly streamsLive: number;
  readonly streamsInGrace: number;
  readonly pushesByState: ReadonlyMap<string, number>;
  readonly historyWaiting: number;
  readonly historyDropped: number;
  readonly lanesLost: number;
  readonly bytesOut: number;
}

/** Prometheus text on an address of its own. Labels are our own states only, never a remote string. */
export class MetricsServer {
  readonly #registry = new Registry();
  readonly #server: Server;

  constructor(figures: () => RelayFigures) {
    collectDefaultMetrics({ register: this.#registry, prefix: 'forkcast_' });
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
    this.#gauge('lanes_lost', 'Lanes that died since the start', () => figures().lanesLost);
    this.#pushes(figures);
    this.#bytesOut(figures);
    this.#server = createServer((request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      this.#registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': this.#registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name: `forkcast_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  #pushes(figures: () => RelayFigures): void {
    new Gauge({
      name: 'forkcast_pushes',
      help: 'Pushes of live broadcasts by state',
      labelNames: ['state'],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [state, count] of figures().pushesByState) this.set({ state }, count);
      },
    });
  }

  #bytesOut(figures: () => RelayFigures): void {
    let counted = 0;
    new Counter({
      name: 'forkcast_bytes_out_total',
      help: 'Media bytes that sockets to destinations have taken',
      registers: [this.#registry],
      collect() {
        const total = figures().bytesOut;
        this.inc(Math.max(0, total - counted));
        counted = Math.max(counted, total);
      },
    });
  }
}
