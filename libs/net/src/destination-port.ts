/**
 * RTMP bytes sent to a text service can be read as its commands (protocol smuggling),
 * so a destination may only name a port on which no such service is expected.
 */
const PRIVILEGED_PORTS_ALLOWED: ReadonlySet<number> = new Set([80, 443]);

const UNPRIVILEGED_PORT_MIN = 1024;

/** Well-known services above 1023. 1935, 1936, 2935, 5222 and 8080 carry RTMP on real platforms. */
const SERVICE_PORTS: ReadonlySet<number> = new Set([
  1433, // Microsoft SQL Server
  1521, // Oracle
  2049, // NFS
  2181, // ZooKeeper
  2375, // Docker
  2376, // Docker over TLS
  2379, // etcd
  2380, // etcd peers
  3306, // MySQL
  3389, // Remote Desktop
  4369, // Erlang port mapper
  5432, // Postgres
  5672, // AMQP
  5900, // VNC
  5984, // CouchDB
  6000, // X11
  6379, // Redis
  6380, // Redis over TLS
  6443, // Kubernetes
  6667, // IRC
  8086, // InfluxDB
  8500, // Consul
  9042, // Cassandra
  9092, // Kafka
  9200, // Elasticsearch
  9300, // Elasticsearch nodes
  10250, // kubelet
  11211, // memcached
  15672, // RabbitMQ management
  27017, // MongoDB
  27018, // MongoDB shards
  27019, // MongoDB configuration servers
]);

/** Whether a destination may not name this port. */
export function isForbiddenPort(port: number): boolean {
  if (port < UNPRIVILEGED_PORT_MIN) return !PRIVILEGED_PORTS_ALLOWED.has(port);
  return SERVICE_PORTS.has(port);
}
