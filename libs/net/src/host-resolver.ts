import { lookup, Resolver } from 'node:dns/promises';

import type { Timers } from '#kernel';
import { sentenceOf, systemTimers } from '#kernel';

import { addressesInHostsFile } from './hosts-file.ts';
import { NetError } from './net-error.ts';
import type { ResolvedAddress } from './resolved-address.ts';

/**
 * Turns a domain name into its addresses, at least one.
 * Rejects with NetError `DNS_FAILED` or `DNS_TIMEOUT`, within its own deadline.
 */
export type HostResolver = (host: string) => Promise<readonly ResolvedAddress[]>;

export interface HostResolverOptions {
  readonly deadlineMs?: number;
  /** `address` or `address:port` of DNS servers; the system's own when absent. */
  readonly servers?: readonly string[];
  readonly hostsFile?: string;
  /** Asked when DNS says that there is no such name: it knows search domains, mDNS and the like. */
  readonly lookupBySystem?: (host: string) => Promise<readonly ResolvedAddress[]>;
  readonly timers?: Timers;
}

export const DNS_DEADLINE_MS = 5_000;
/** One question waits this long for its answer; two tries fit the deadline. */
const DNS_TRY_MS = 2_000;
const DNS_TRIES = 2;
/**
 * How long the other address family may lag behind the first answer (RFC 8305 section 3,
 * generously).
 */
const OTHER_FAMILY_MS = 250;

/**
 * Asks the hosts file, then DNS by c-ares, which leaves libuv's few threads alone however slow a
 * server is. `getaddrinfo` blocks one of those threads, so it is asked only about names that DNS
 * has denied, and not where a name server was at fault: it would wait for the same one.
 */
export function createHostResolver(options: HostResolverOptions = {}): HostResolver {
  const {
    deadlineMs = DNS_DEADLINE_MS,
    servers,
    hostsFile = '/etc/hosts',
    lookupBySystem = lookupWithGetaddrinfo,
    timers = systemTimers,
  } = options;
  return (host) => {
    const resolver = new Resolver({ timeout: DNS_TRY_MS, tries: DNS_TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    const answer = resolveHost(host, { hostsFile, resolver, lookupBySystem, timers });
    return withinDeadline(answer, { host, deadlineMs, timers, giveUp: () => resolver.cancel() });
  };
}

interface ResolveSources {
  readonly hostsFile: string;
  readonly resolver: Resolver;
  readonly lookupBySystem: (host: string) => Promise<readonly ResolvedAddress[]>;
  readonly timers: Timers;
}

async function resolveHost(
  host: string,
  { hostsFile, resolver, lookupBySystem, timers }: ResolveSources,
): Promise<readonly ResolvedAddress[]> {
  const listed = await addressesInHostsFile(hostsFile, host);
  if (listed.length > 0) return listed;
  try {
    return await askBothFamilies(host, resolver, timers);
  } catch (thrown) {
    if (isTimeout(thrown)) throw timedOut(host, thrown);
    if (isServersFault(thrown)) throw failed(host, thrown);
  }
  try {
    const found = await lookupBySystem(host);
    if (found.length > 0) return found;
  } catch (thrown) {
    throw failed(host, thrown);
  }
  throw failed(host, undefined);
}

/** Rejects with a timeout when either family timed out and none answered. */
async function askBothFamilies(
  host: string,
  resolver: Resolver,
  timers: Timers,
): Promise<readonly ResolvedAddress[]> {
  const found: ResolvedAddress[] = [];
  const ask = async (family: 4 | 6): Promise<void> => {
    const addresses = await (family === 4 ? resolver.resolve4(host) : resolver.resolve6(host));
    for (const address of addresses) found.push({ address, family });
  };
  const questions = [ask(4), ask(6)];
  const both = Promise.allSettled(questions);
  await Promise.any(questions).then(
    () => Promise.race([both, pause(OTHER_FAMILY_MS, timers)]),
    () => undefined,
  );
  if (found.length > 0) return [...found];
  const reasons = (await both).flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  const cause = reasons.find(isTimeout) ?? reasons[0];
  throw cause instanceof Error ? cause : new Error('no address in the answer', { cause });
}

function pause(delayMs: number, timers: Timers): Promise<void> {
  return new Promise((resolve) => {
    timers.after(delayMs, resolve);
  });
}

function withinDeadline<T>(
  work: Promise<T>,
  { host, deadlineMs, timers, giveUp }: WithinDeadline,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(deadlineMs, () => {
      reject(timedOut(host, undefined));
      giveUp();
    });
    work.then(resolve, reject).finally(cancel);
  });
}

interface WithinDeadline {
  readonly host: string;
  readonly deadlineMs: number;
  readonly timers: Timers;
  readonly giveUp: () => void;
}

async function lookupWithGetaddrinfo(host: string): Promise<readonly ResolvedAddress[]> {
  const answers = await lookup(host, { all: true });
  return answers.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function isTimeout(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ETIMEOUT';
}

/** A name server was there, and could not or would not say. */
function isServersFault(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('code' in thrown)) return false;
  return thrown.code === 'ESERVFAIL' || thrown.code === 'EREFUSED';
}

function timedOut(host: string, cause: unknown): NetError {
  return new NetError('DNS_TIMEOUT', `No name server answered the question for ${host} in time.`, {
    cause,
  });
}

function failed(host: string, cause: unknown): NetError {
  const detail = cause === undefined ? '' : ` (${sentenceOf(cause)})`;
  return new NetError('DNS_FAILED', `The server name ${host} could not be found${detail}.`, {
    cause,
  });
}
