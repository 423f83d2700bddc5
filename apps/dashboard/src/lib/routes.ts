/** The addresses of the rooms: nothing else writes one. */
export const to = {
  home: '/',
  streams: '/streams',
  people: '/people',
  account: '/account',
} as const;
