import { ExpressAdapter } from '@nestjs/platform-express';
import { createServer } from 'node:http';

const HEADERS_DEADLINE_MS = 5000;
const REQUEST_DEADLINE_MS = 10_000;
const HEADER_BYTES_MAX = 16 * 1024;
/**
 * How often Node looks for connections that are over one of these deadlines (30 s unless told
 * otherwise).
 */
const DEADLINE_CHECK_MS = 1000;
const KEEP_ALIVE_MS = 30_000;
const CONNECTIONS_MAX = 2000;
/** How long answers under way may take at the end. */
const DRAIN_MS = 500;

/** Express on an HTTP server that waits for nobody longer than it says. */
export class BoundedExpressAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    this.httpServer = createServer(
      {
        headersTimeout: HEADERS_DEADLINE_MS,
        requestTimeout: REQUEST_DEADLINE_MS,
        connectionsCheckingInterval: DEADLINE_CHECK_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
        maxHeaderSize: HEADER_BYTES_MAX,
      },
      this.getInstance(),
    );
    this.httpServer.maxConnections = CONNECTIONS_MAX;
  }

  /** Takes no new connection, lets answers under way end, then cuts what is left. */
  override async close(): Promise<void> {
    if (!this.httpServer.listening) return;
    const closed = new Promise<void>((resolve) => this.httpServer.close(() => resolve()));
    const cut = setTimeout(() => this.httpServer.closeAllConnections(), DRAIN_MS);
    await closed;
    clearTimeout(cut);
  }
}
