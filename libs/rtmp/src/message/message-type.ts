/** Message type ids, RTMP 1.0 sections 5.4, 6.2 and 7.1. */
export const MessageType = {
  SET_CHUNK_SIZE: 1,
  ABORT: 2,
  ACKNOWLEDGEMENT: 3,
  USER_CONTROL: 4,
  WINDOW_ACKNOWLEDGEMENT_SIZE: 5,
  SET_PEER_BANDWIDTH: 6,
  AUDIO: 8,
  VIDEO: 9,
  DATA_AMF3: 15,
  COMMAND_AMF3: 17,
  DATA_AMF0: 18,
  COMMAND_AMF0: 20,
  AGGREGATE: 22,
} as const;

/** Whether bodies of this type are media, which may be large; all else is small by nature. */
export function isMedia(type: number): boolean {
  return type === MessageType.AUDIO || type === MessageType.VIDEO || type === MessageType.AGGREGATE;
}
