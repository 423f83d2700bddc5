import { answerOf, client, type Named } from './client.ts';

/** The calls about one's own account, and about getting back into it. */
export const accountApi = {
  sessions: async () => (await answerOf(client.GET('/api/v1/sessions'))).items,
  endSession: (id: string) =>
    answerOf(client.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
  /** Every other session ends. */
  changePassword: (body: Named<'ChangePasswordBody'>) =>
    answerOf(client.PUT('/api/v1/session/password', { body })),

  readReset: (token: string) =>
    answerOf(client.POST('/api/v1/password-resets/read', { body: { token } })),
  /** Signs in, too. Every other session ends. */
  spendReset: (token: string, password: string) =>
    answerOf(client.POST('/api/v1/password-resets/use', { body: { token, password } })),
};
