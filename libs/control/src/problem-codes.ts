interface ProblemKind {
  readonly status: number;
  /** For the caller, and what to do. A place that knows more says more. */
  readonly sentence: string;
}

/** Every refusal of the API: its stable code, its HTTP status and its plain sentence. */
export const PROBLEM_CODES = {
  // What the request is.
  BAD_REQUEST: { status: 400, sentence: 'The request cannot be understood.' },
  BODY_NOT_JSON: { status: 400, sentence: 'The body is not JSON.' },
  BODY_TOO_LARGE: { status: 413, sentence: 'The body is larger than 256 KiB.' },
  BODY_TOO_DEEP: { status: 400, sentence: 'The body may go 32 levels deep at most.' },
  TEXT_HAS_NUL: { status: 400, sentence: 'The character U+0000 can stand in no text.' },
  BODY_ENCODING_UNKNOWN: { status: 415, sentence: 'The encoding of the body is not known here.' },
  BODY_CHARSET_UNKNOWN: { status: 415, sentence: 'The body must be UTF-8.' },
  VALIDATION_FAILED: { status: 400, sentence: 'The request is not in order.' },
  CURSOR_INVALID: { status: 400, sentence: 'The cursor is none that a page before gave.' },
  NOT_FOUND: { status: 404, sentence: 'There is nothing here.' },
  METHOD_NOT_ALLOWED: { status: 405, sentence: 'This cannot be done here.' },
  REQUEST_REFUSED: { status: 400, sentence: 'The request was refused.' },
  TOO_MANY_REQUESTS: { status: 429, sentence: 'Too many requests; wait a little.' },
  RATE_LIMITED: { status: 429, sentence: 'Too many requests; wait as long as Retry-After says.' },
  CROSS_SITE_REQUEST: { status: 403, sentence: 'This came from another site, and is refused.' },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    sentence: 'The Idempotency-Key must be 1 to 255 printable characters without spaces.',
  },
  IDEMPOTENCY_KEY_IN_USE: {
    status: 409,
    sentence: 'The first request with this Idempotency-Key has not been answered yet.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    sentence:
      'This Idempotency-Key was used for a different request; use a new key for a new request.',
  },
  ETAG_INVALID: { status: 400, sentence: 'If-Match must be an ETag that an answer gave, or *.' },
  PRECONDITION_FAILED: {
    status: 412,
    sentence: 'Somebody else has changed this meanwhile; read it again, then change it.',
  },

  // Who asks.
  SIGN_IN_REQUIRED: { status: 401, sentence: 'Sign in first.' },
  SIGN_IN_REFUSED: { status: 401, sentence: 'The e-mail address or the password is wrong.' },
  TOKEN_UNKNOWN: { status: 401, sentence: 'This token is not known here.' },
  TOKEN_EXPIRED: { status: 401, sentence: 'This token has expired; make a new one.' },
  TOO_MANY_ATTEMPTS: { status: 429, sentence: 'Too many attempts; wait a little.' },
  SET_UP_DONE: { status: 409, sentence: 'There is an administrator already; sign in instead.' },
  SET_UP_LINK_INVALID: {
    status: 403,
    sentence: 'This link is not valid any more; start Forkcast again for a new one.',
  },
  NOT_ALLOWED: { status: 403, sentence: 'You may not do this; ask an owner of the workspace.' },
  INVITATION_INVALID: {
    status: 403,
    sentence: 'This invitation is not valid any more; ask for a new one.',
  },
  PASSWORD_RESET_INVALID: {
    status: 403,
    sentence: 'This link is not valid any more; ask for a new one.',
  },

  // Workspaces and people.
  WORKSPACE_NOT_FOUND: { status: 404, sentence: 'There is no such workspace.' },
  WORKSPACE_LIVE: { status: 409, sentence: 'A stream of this workspace is live; end it first.' },
  LAST_OWNER: { status: 409, sentence: 'A workspace needs an owner; make another one first.' },
  MEMBER_EXISTS: { status: 409, sentence: 'They are a member already.' },
  MEMBER_NOT_FOUND: { status: 404, sentence: 'There is no such member.' },
  USER_NOT_FOUND: { status: 404, sentence: 'There is no such user.' },
  INVITATION_NOT_FOUND: { status: 404, sentence: 'There is no such invitation.' },
  TOKEN_NOT_FOUND: { status: 404, sentence: 'There is no such token.' },
  SESSION_NOT_FOUND: { status: 404, sentence: 'There is no such session.' },
  PASSWORD_WRONG: { status: 403, sentence: 'The present password is wrong.' },
  QUOTA_STREAMS: {
    status: 409,
    sentence: 'This workspace has as many streams as it may have; delete one first.',
  },
  QUOTA_DESTINATIONS: {
    status: 409,
    sentence: 'This workspace has as many destinations as it may have; remove one first.',
  },

  // Streams.
  STREAM_NOT_FOUND: { status: 404, sentence: 'There is no such stream.' },
  STREAM_NOT_LIVE: { status: 409, sentence: 'The stream is not live.' },
  INPUT_NOT_THERE: { status: 409, sentence: 'No encoder is connected to that input.' },
  INPUT_FROZEN: { status: 409, sentence: 'The encoder at that input sends no picture.' },
  KEY_NOT_FOUND: { status: 404, sentence: 'There is no such key.' },
  KEY_LAST: {
    status: 409,
    sentence: 'This is the only key of its input; rotate it instead, or say force=true.',
  },
  SLATE_NOT_FOUND: { status: 404, sentence: 'The stream has no slate.' },
  SLATE_TOO_LARGE: { status: 413, sentence: 'The picture is too large.' },
  SLATE_TYPE_UNKNOWN: { status: 415, sentence: 'Send a PNG or a JPEG.' },
  SLATE_NOT_A_PICTURE: { status: 422, sentence: 'This is no picture that can be read.' },
  SLATE_SIDE_TOO_LONG: { status: 422, sentence: 'A side of the picture is too long.' },

  // Destinations.
  DESTINATION_NOT_FOUND: { status: 404, sentence: 'There is no such destination.' },
  DESTINATION_LIMIT: { status: 409, sentence: 'The stream has as many as it can have.' },
  DESTINATION_STOPPED: { status: 409, sentence: 'The destination is stopped; start it first.' },
  DESTINATION_LIVE: { status: 409, sentence: 'The destination is live; stop it first.' },
  DELAY_TOO_LONG: { status: 422, sentence: 'The memory does not hold so long a delay.' },
  PLATFORM_UNKNOWN: {
    status: 422,
    sentence: 'This platform is not known here; use "custom" for any RTMP server.',
  },
  PLATFORM_NOT_FOUND: { status: 404, sentence: 'There is no such platform.' },
  PASTE_UNREADABLE: { status: 422, sentence: 'No server URL is found in this text.' },
  KEY_MISSING: { status: 422, sentence: 'The stream key is missing.' },
  KEY_IS_URL: { status: 422, sentence: 'The stream key is a URL; paste the key alone.' },
  KEY_IS_MASKED: { status: 422, sentence: 'The key is covered by dots; show it, then copy it.' },
  URL_MISSING: { status: 422, sentence: 'The server URL is missing.' },
  URL_TOO_LONG: { status: 422, sentence: 'The server URL is too long.' },
  URL_HAS_FORBIDDEN_CHARACTER: {
    status: 422,
    sentence: 'The server URL has a character that URLs cannot have.',
  },
  URL_NOT_RTMP: { status: 422, sentence: 'The server URL must begin with rtmp:// or rtmps://.' },
  URL_HAS_USERINFO: { status: 422, sentence: 'The server URL must have no user name in it.' },
  URL_HOST_MISSING: { status: 422, sentence: 'The server URL names no server.' },
  URL_HOST_INVALID: { status: 422, sentence: 'The server URL names no server that can be.' },
  URL_PORT_INVALID: { status: 422, sentence: 'The port in the server URL is none.' },
  PIN_NEEDS_RTMPS: {
    status: 422,
    sentence: 'Only a server with rtmps:// shows a certificate; use such URLs alone, or null here.',
  },
  URL_PORT_FORBIDDEN: { status: 422, sentence: 'This port is not allowed for destinations.' },
  ADDRESS_FORBIDDEN: {
    status: 422,
    sentence: 'This address is private; such destinations are not allowed here.',
  },
  TEST_PUBLISH_UNSUPPORTED: {
    status: 409,
    sentence: 'This platform has no private test; test without publishing.',
  },
  PREVIEW_NOT_LIVE: { status: 409, sentence: 'Nothing is sent there now, so nothing can be seen.' },
  PREVIEW_BUSY: { status: 409, sentence: 'Others watch this preview; close one of theirs first.' },
  PREVIEW_KEY_DIFFERS: {
    status: 409,
    sentence: 'The relay has another master key than the API; restart whichever has the old one.',
  },

  // History, events, schedules, what goes out.
  BROADCAST_NOT_FOUND: { status: 404, sentence: 'There is no such broadcast.' },
  TOO_MANY_EVENT_STREAMS: { status: 429, sentence: 'Too many event streams; close one first.' },
  SCHEDULE_NOT_FOUND: { status: 404, sentence: 'There is no such schedule.' },
  SCHEDULE_LIMIT: {
    status: 409,
    sentence: 'The stream has as many schedules as it can have; remove one first.',
  },
  SCHEDULE_TIME_INVALID: { status: 422, sentence: 'The schedule has a time that cannot be.' },
  TIME_ZONE_UNKNOWN: {
    status: 422,
    sentence: 'This time zone is not known; use a name such as Europe/Berlin.',
  },
  WEBHOOK_NOT_FOUND: { status: 404, sentence: 'There is no such webhook.' },
  WEBHOOK_LIMIT: { status: 409, sentence: 'The workspace has as many webhooks as it can have.' },
  WEBHOOK_URL_FORBIDDEN: {
    status: 422,
    sentence: 'This address is private; webhooks do not go there.',
  },
  WEBHOOK_URL_NOT_HTTPS: { status: 422, sentence: 'A webhook’s URL must begin with https://.' },
  WEBHOOK_URL_INVALID: { status: 422, sentence: 'This is not a URL that a webhook can go to.' },
  WEBHOOK_OFF: { status: 409, sentence: 'The webhook is off; turn it on first.' },
  WEBHOOK_NOT_SIGNED: {
    status: 409,
    sentence: 'Only webhooks of the format standard are signed.',
  },
  DELIVERY_NOT_FOUND: { status: 404, sentence: 'There is no such delivery.' },
  MAIL_NOT_SET_UP: {
    status: 409,
    sentence: 'No mail server is set up here; ask the operator to set SMTP_URL.',
  },

  // Faults of ours.
  INTERNAL_FAULT: {
    status: 500,
    sentence: 'Something went wrong here; the log of the server says what.',
  },
  QUEUE_JOB_FAILED: { status: 502, sentence: 'The work could not be done; try again.' },
  SHUTTING_DOWN: { status: 503, sentence: 'The server is ending.' },
  DATABASE_UNAVAILABLE: { status: 503, sentence: 'The database does not answer; try again soon.' },
  LIVE_STORE_UNAVAILABLE: { status: 503, sentence: 'Redis does not answer; try again soon.' },
  LIVE_STORE_REFUSED: { status: 503, sentence: 'Redis takes no more data; it may be full.' },
  QUEUE_UNAVAILABLE: { status: 503, sentence: 'Redis does not answer; try again soon.' },
  QUEUE_ANSWER_LATE: { status: 504, sentence: 'Nobody did the work in time; try again.' },
  ROW_EXISTS: { status: 409, sentence: 'This already exists.' },
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof PROBLEM_CODES;

/** For codes that come out of a room below. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(PROBLEM_CODES, text);
}
