/**
 * One connection to a destination: name, TCP, TLS, RTMP, up to the accepted publish and to its end.
 * It decides no retries, holds no queue, and knows nothing of streams or rings.
 * Parts: outbound-socket (TCP, TLS, deadlines), peer-certificate, outbound-connection (the RTMP
 * session on top), kernel-queues (what peers have not confirmed).
 */
export { OutboundConnection } from './outbound-connection.ts';
export type {
  OutboundFailure,
  OutboundHandler,
  OutboundTarget,
  StageSeen,
} from './outbound-connection.ts';
export { KernelQueues } from './kernel-queues.ts';
export type { PeerCertificate } from './peer-certificate.ts';
export { DeadlineError, SOCKET_DEADLINES } from './outbound-socket.ts';
export type {
  OpenOutboundLink,
  OutboundLink,
  OutboundSocketHandler,
  OutboundSocketOptions,
  SocketStanding,
} from './outbound-socket.ts';
