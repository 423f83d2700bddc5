import { describe, expect, it } from 'vitest';
import { operationName, summaryOf } from './operation-names.ts';

describe('the name of a call', () => {
  it.each([
    ['get', '/api/v1/streams', true, 'listStreams'],
    ['post', '/api/v1/streams', false, 'createStream'],
    ['get', '/api/v1/streams/{id}', false, 'getStream'],
    ['patch', '/api/v1/streams/{id}', false, 'changeStream'],
    ['delete', '/api/v1/streams/{id}', false, 'removeStream'],
    ['get', '/api/v1/streams/{id}/status', false, 'getStreamStatus'],
    ['put', '/api/v1/streams/{id}/slate', false, 'putStreamSlate'],
    ['post', '/api/v1/streams/{id}/end', false, 'endStream'],
    ['post', '/api/v1/streams/{id}/rotate-key', false, 'rotateStreamKey'],
    ['post', '/api/v1/streams/{id}/publish-urls', false, 'createStreamPublishUrl'],
    ['delete', '/api/v1/streams/{id}/keys/{keyId}', false, 'removeStreamKey'],
    [
      'post',
      '/api/v1/webhooks/{id}/deliveries/{deliveryId}/replay',
      false,
      'replayWebhookDelivery',
    ],
    ['get', '/api/v1/broadcasts/{id}/statistics', false, 'getBroadcastStatistics'],
    ['post', '/api/v1/session', false, 'createSession'],
    ['put', '/api/v1/session/password', false, 'putOwnSessionPassword'],
    ['delete', '/api/v1/session', false, 'removeOwnSession'],
    ['delete', '/api/v1/sessions/{id}', false, 'removeSession'],
    ['patch', '/api/v1/workspace', false, 'changeOwnWorkspace'],
    ['patch', '/api/v1/workspaces/{id}', false, 'changeWorkspace'],
    ['post', '/api/v1/invitations/accept', false, 'acceptInvitation'],
    ['get', '/healthz', false, 'getHealthz'],
  ])('%s %s is made of both (a list: %s): %s', (method, path, isList, name) => {
    expect(operationName(method, path, isList)).toBe(name);
  });

  it('makes its summary', () => {
    expect(summaryOf('rotateStreamKey')).toBe('Rotate stream key');
  });
});
