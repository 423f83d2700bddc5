/** What the log knows deeds as. One that is not here is shown by its name. */
const deeds: Readonly<Record<string, string>> = {
  'broadcast.end': 'Ended a broadcast',
  'delivery.replay': 'Sent a notice again',
  'destination.change': 'Changed a destination',
  'destination.create': 'Added a destination',
  'destination.parse': 'Had a paste read',
  'destination.remove': 'Removed a destination',
  'destination.retry': 'Retried a destination',
  'destination.start': 'Started a destination',
  'destination.stop': 'Stopped a destination',
  'destination.test': 'Tested a destination',
  'ingest-rule.put': 'Changed who may send',
  'invitation.accept': 'Accepted an invitation',
  'invitation.create': 'Invited somebody',
  'invitation.remove': 'Revoked an invitation',
  'key.remove': 'Revoked a stream key',
  'member.change': 'Changed a role',
  'member.remove': 'Removed a member',
  'password.put': 'Changed a password',
  'publish-url.create': 'Made a guest link',
  'publish-url.remove': 'Revoked the guest links',
  'quota.put': 'Changed quotas',
  'schedule.change': 'Changed a schedule',
  'schedule.create': 'Added a schedule',
  'schedule.miss': 'Missed a schedule',
  'schedule.remove': 'Removed a schedule',
  'schedule.start': 'Began by schedule',
  'schedule.stop': 'Ended by schedule',
  'session.create': 'Signed in',
  'session.remove': 'Signed out',
  'slate.put': 'Changed the slate',
  'slate.remove': 'Removed the slate',
  'stream.change': 'Changed a stream',
  'stream.create': 'Created a stream',
  'stream.end': 'Ended a broadcast of a stream',
  'stream.remove': 'Removed a stream',
  'stream.rotate-key': 'Made a new stream key',
  'stream.switch-input': 'Switched the encoder',
  'token.create': 'Made a token',
  'token.remove': 'Revoked a token',
  'user.change': 'Changed an account',
  'user.create': 'Made an account',
  'webhook.change': 'Changed a notice',
  'webhook.create': 'Added a notice',
  'webhook.remove': 'Removed a notice',
  'webhook.replay': 'Sent given up notices again',
  'webhook.rotate-secret': 'Made a new secret of a notice',
  'webhook.test': 'Tested a notice',
  'workspace.change': 'Renamed a workspace',
  'workspace.create': 'Made a workspace',
  'workspace.join': 'Joined from above',
  'workspace.remove': 'Removed a workspace',
};

export function deedWords(action: string): string {
  return deeds[action] ?? action;
}

/** To choose from: all deeds that are known, and the one that is chosen now. */
export function deedOptions(chosen: string | undefined): (readonly [string, string])[] {
  const known = Object.entries(deeds).sort(([, one], [, other]) => one.localeCompare(other));
  const isKnown = chosen === undefined || chosen in deeds;
  return [['', 'Everything'], ...(isKnown ? [] : [[chosen, chosen] as const]), ...known];
}

/** `Fields: name, streamKey`; `dueAt: 2026-11-21T20:00:00.000Z`. Names, never secrets. */
export function detailWords(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name === 'fields' ? 'Fields' : name}: ${valueWords(value)}`)
    .join('; ');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => valueWords(each)).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
