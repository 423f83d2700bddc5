/** The addresses of the rooms: nothing else writes one. */
export const to = {
  home: '/',
  welcome: '/welcome',
  /** The way of one stream; without one that of the newest, or of a first one. */
  welcomeOf: (streamId: string) => `/welcome/${streamId}`,
  welcomeRoom: '/welcome/:stream?',
  streams: '/streams',
  /** The live room of one stream. */
  stream: <Id extends string>(id: Id) => `/streams/${id}` as const,
  streamSettings: <Id extends string>(id: Id) => `/streams/${id}/settings` as const,
  /** The same as the room for a window of OBS: narrow, with nothing around it. */
  dock: <Id extends string>(id: Id) => `/dock/${id}` as const,
  history: '/history',
  historyOf: (streamId: string) => `/history?stream=${streamId}`,
  broadcast: <Id extends string>(id: Id) => `/history/${id}` as const,
  people: '/people',
  account: '/account',
  webhooks: '/webhooks',
  webhook: <Id extends string>(id: Id) => `/webhooks/${id}` as const,
  audit: '/audit',
  auditOf: (filters: object) => `/audit?${new URLSearchParams({ ...filters }).toString()}`,
  usage: '/usage',
  admin: '/admin',
  adminPart: (part: string) => `/admin/${part}`,
  adminRoom: '/admin/:part?',
} as const;
