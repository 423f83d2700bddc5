/** RTMP 1.0, 7.1: the message types that enter a ring. */
export const MessageTypeId = { AUDIO: 8, VIDEO: 9, DATA: 18 } as const;
