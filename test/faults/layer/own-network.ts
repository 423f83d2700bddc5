import { freePorts } from '#testing';
import type { Forkcast } from '../../e2e/forkcast.ts';
import { NetworkNamespace } from './namespace.ts';
import type { Surroundings } from './stage.ts';

/** The built-in stores take the ports that they find written down. */
const KEEP_PORTS =
  'umask 077; cd "$FORKCAST_DATA_DIR" 2>/dev/null || { mkdir -p "$FORKCAST_DATA_DIR"; ' +
  'cd "$FORKCAST_DATA_DIR"; }; mkdir -p postgres redis; echo "$1" >postgres/port; ' +
  'echo "$2" >redis/port; cd "$OLDPWD"; shift 2; exec "$@"';

/**
 * The product in a network of its own. Its ports are open into it, and those of the destinations
 * out of it, by the same numbers.
 */
export async function ownNetwork(): Promise<Surroundings & { readonly network: NetworkNamespace }> {
  const network = await NetworkNamespace.make();
  const stores = await freePorts(2);
  const outOf = new Set<number>();
  return {
    network,
    prefix: [...network.prefix, 'sh', '-c', KEEP_PORTS, 'sh', ...stores.map(String)],
    opened: async (forkcast: Forkcast) => {
      const { httpPort, rtmpPort, rtmpsPort, metricsUrl } = forkcast;
      const ports = [httpPort, rtmpPort, rtmpsPort, Number(new URL(metricsUrl).port), ...stores];
      await Promise.all(ports.map((port) => network.openInto(port)));
    },
    reach: async (port) => {
      if (outOf.has(port)) return;
      outOf.add(port);
      await network.openOutOf(port);
    },
    close: () => network.close(),
  };
}
