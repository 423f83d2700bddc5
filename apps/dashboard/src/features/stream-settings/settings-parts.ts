/** A matter of the page: `id` stands in addresses, as in `/streams/…/settings#keys`. */
export interface SettingsPart {
  readonly id: string;
  readonly words: string;
}

export const parts = {
  general: { id: 'general', words: 'General' },
  slate: { id: 'slate', words: 'Slate' },
  keys: { id: 'keys', words: 'Keys' },
  guests: { id: 'guests', words: 'Guest keys' },
  rules: { id: 'rules', words: 'Who may publish' },
  callback: { id: 'callback', words: 'Ask your server' },
  schedules: { id: 'schedules', words: 'Schedules' },
  dock: { id: 'dock', words: 'Dock for OBS' },
  remove: { id: 'remove', words: 'Delete' },
} as const satisfies Readonly<Record<string, SettingsPart>>;
