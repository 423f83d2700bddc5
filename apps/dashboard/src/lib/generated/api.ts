/**
 * Written by `npm run build` from docs/openapi.json; changes made here are lost.
 */
export type paths = {
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit
         * @description Needs the permission `audit:read`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List broadcasts
         * @description Needs the permission `history:read`.
         */
        get: operations["listBroadcasts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get broadcast
         * @description Needs the permission `history:read`.
         */
        get: operations["getBroadcast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List broadcast events
         * @description Needs the permission `history:read`.
         */
        get: operations["listBroadcastEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get broadcast export
         * @description Needs the permission `history:read`.
         */
        get: operations["getBroadcastExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get broadcast report
         * @description Needs the permission `history:read`.
         */
        get: operations["getBroadcastReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get broadcast statistics
         * @description Needs the permission `history:read`.
         */
        get: operations["getBroadcastStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/parse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Parse destination
         * @description Needs the permission `destinations:write`.
         */
        post: operations["parseDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get destination
         * @description Needs the permission `streams:read`.
         */
        get: operations["getDestination"];
        put?: never;
        post?: never;
        /**
         * Remove destination
         * @description Needs the permission `destinations:write`.
         */
        delete: operations["removeDestination"];
        options?: never;
        head?: never;
        /**
         * Change destination
         * @description Needs the permission `destinations:write`.
         */
        patch: operations["changeDestination"];
        trace?: never;
    };
    "/api/v1/destinations/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get destination preview
         * @description Needs the permission `destinations:test`.
         */
        get: operations["getDestinationPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry destination
         * @description Needs the permission `live:control`.
         */
        post: operations["retryDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start destination
         * @description Needs the permission `live:control`.
         */
        post: operations["startDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop destination
         * @description Needs the permission `live:control`.
         */
        post: operations["stopDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/destinations/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test destination
         * @description Needs the permission `destinations:test`.
         */
        post: operations["testDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get events
         * @description Needs the permission `streams:read`.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description Needs the permission `members:manage`.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Create invitation
         * @description Needs the permission `members:manage`.
         */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept invitation */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read invitation */
        post: operations["readInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove invitation
         * @description Needs the permission `members:manage`.
         */
        delete: operations["removeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description Needs the permission `members:manage`.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove member
         * @description Needs the permission `members:manage`.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /**
         * Change member
         * @description Needs the permission `members:manage`.
         */
        patch: operations["changeMember"];
        trace?: never;
    };
    "/api/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List nodes
         * @description Needs the permission `instance:manage`.
         */
        get: operations["listNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read password reset */
        post: operations["readPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Use password reset */
        post: operations["usePasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List platforms
         * @description Needs the permission `streams:read`.
         */
        get: operations["listPlatforms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/platforms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get platform
         * @description Needs the permission `streams:read`.
         */
        get: operations["getPlatform"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get schedule
         * @description Needs the permission `streams:read`.
         */
        get: operations["getSchedule"];
        put?: never;
        post?: never;
        /**
         * Remove schedule
         * @description Needs the permission `schedules:write`.
         */
        delete: operations["removeSchedule"];
        options?: never;
        head?: never;
        /**
         * Change schedule
         * @description Needs the permission `schedules:write`.
         */
        patch: operations["changeSchedule"];
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get own session */
        get: operations["getOwnSession"];
        put?: never;
        /** Create session */
        post: operations["createSession"];
        /** Remove own session */
        delete: operations["removeOwnSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put own session password */
        put: operations["putOwnSessionPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sessions */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove session */
        delete: operations["removeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List settings
         * @description Needs the permission `instance:manage`.
         */
        get: operations["listSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get setup */
        get: operations["getSetup"];
        put?: never;
        /** Create setup */
        post: operations["createSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List streams
         * @description Needs the permission `streams:read`.
         */
        get: operations["listStreams"];
        put?: never;
        /**
         * Create stream
         * @description Needs the permission `streams:write`.
         */
        post: operations["createStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get stream
         * @description Needs the permission `streams:read`.
         */
        get: operations["getStream"];
        put?: never;
        post?: never;
        /**
         * Remove stream
         * @description Needs the permission `streams:write`.
         */
        delete: operations["removeStream"];
        options?: never;
        head?: never;
        /**
         * Change stream
         * @description Needs the permission `streams:write`.
         */
        patch: operations["changeStream"];
        trace?: never;
    };
    "/api/v1/streams/{id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stream checks
         * @description Needs the permission `streams:read`.
         */
        get: operations["listStreamChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stream destinations
         * @description Needs the permission `streams:read`.
         */
        get: operations["listStreamDestinations"];
        put?: never;
        /**
         * Create stream destination
         * @description Needs the permission `destinations:write`.
         */
        post: operations["createStreamDestination"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End stream
         * @description Needs the permission `live:control`.
         */
        post: operations["endStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/ingest-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get stream ingest rules
         * @description Needs the permission `streams:read`.
         */
        get: operations["getStreamIngestRules"];
        /**
         * Put stream ingest rules
         * @description Needs the permission `keys:manage`.
         */
        put: operations["putStreamIngestRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stream keys
         * @description Needs the permission `keys:manage`.
         */
        get: operations["listStreamKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove stream key
         * @description Needs the permission `keys:manage`.
         */
        delete: operations["removeStreamKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get stream preview
         * @description Needs the permission `live:control`.
         */
        get: operations["getStreamPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/publish-urls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create stream publish url
         * @description Needs the permission `keys:manage`.
         */
        post: operations["createStreamPublishUrl"];
        /**
         * Remove stream publish urls
         * @description Needs the permission `keys:manage`.
         */
        delete: operations["removeStreamPublishUrls"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/rotate-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate stream key
         * @description Needs the permission `keys:manage`.
         */
        post: operations["rotateStreamKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stream schedules
         * @description Needs the permission `streams:read`.
         */
        get: operations["listStreamSchedules"];
        put?: never;
        /**
         * Create stream schedule
         * @description Needs the permission `schedules:write`.
         */
        post: operations["createStreamSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/slate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get stream slate
         * @description Needs the permission `streams:read`.
         */
        get: operations["getStreamSlate"];
        /**
         * Put stream slate
         * @description Needs the permission `streams:write`.
         */
        put: operations["putStreamSlate"];
        post?: never;
        /**
         * Remove stream slate
         * @description Needs the permission `streams:write`.
         */
        delete: operations["removeStreamSlate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get stream status
         * @description Needs the permission `streams:read`.
         */
        get: operations["getStreamStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/{id}/switch-input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch stream input
         * @description Needs the permission `live:control`.
         */
        post: operations["switchStreamInput"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get system
         * @description Needs the permission `instance:manage`.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tokens
         * @description Needs the permission `tokens:manage`.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Create token
         * @description Needs the permission `tokens:manage`.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove token
         * @description Needs the permission `tokens:manage`.
         */
        delete: operations["removeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Needs the permission `instance:manage`.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create user
         * @description Needs the permission `instance:manage`.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get user
         * @description Needs the permission `instance:manage`.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change user
         * @description Needs the permission `instance:manage`.
         */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/v1/users/{id}/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create user password reset
         * @description Needs the permission `instance:manage`.
         */
        post: operations["createUserPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Needs the permission `webhooks:manage`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create webhook
         * @description Needs the permission `webhooks:manage`.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get webhook
         * @description Needs the permission `webhooks:manage`.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove webhook
         * @description Needs the permission `webhooks:manage`.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change webhook
         * @description Needs the permission `webhooks:manage`.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook deliveries
         * @description Needs the permission `webhooks:manage`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay webhook delivery
         * @description Needs the permission `webhooks:manage`.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay webhook
         * @description Needs the permission `webhooks:manage`.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate webhook secret
         * @description Needs the permission `webhooks:manage`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test webhook
         * @description Needs the permission `webhooks:manage`.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get own workspace
         * @description Needs the permission `streams:read`.
         */
        get: operations["getOwnWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change own workspace
         * @description Needs the permission `workspace:manage`.
         */
        patch: operations["changeOwnWorkspace"];
        trace?: never;
    };
    "/api/v1/workspace/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get own workspace usage
         * @description Needs the permission `live:control`.
         */
        get: operations["getOwnWorkspaceUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workspaces
         * @description Needs the permission `instance:manage`.
         */
        get: operations["listWorkspaces"];
        put?: never;
        /**
         * Create workspace
         * @description Needs the permission `instance:manage`.
         */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get workspace
         * @description Needs the permission `instance:manage`.
         */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        /**
         * Remove workspace
         * @description Needs the permission `instance:manage`.
         */
        delete: operations["removeWorkspace"];
        options?: never;
        head?: never;
        /**
         * Change workspace
         * @description Needs the permission `instance:manage`.
         */
        patch: operations["changeWorkspace"];
        trace?: never;
    };
    "/api/v1/workspaces/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join workspace
         * @description Needs the permission `instance:manage`.
         */
        post: operations["joinWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{id}/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put workspace quota
         * @description Needs the permission `instance:manage`.
         */
        put: operations["putWorkspaceQuota"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
};
export type webhooks = Record<string, never>;
export type components = {
    schemas: {
        AcceptInvitationBody: {
            token: string;
            password: string;
            name?: string;
        };
        ApiToken: {
            /** Format: uuid */
            id: string;
            name: string;
            hint: string;
            scopes: ("streams:read" | "streams:write" | "live:control" | "destinations:write" | "destinations:test" | "keys:manage" | "history:read" | "schedules:write" | "webhooks:manage" | "members:manage" | "tokens:manage" | "workspace:manage" | "audit:read" | "instance:manage")[];
            createdBy: string | null;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
        };
        AuditRecord: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            actor: {
                /** @enum {string} */
                kind: "user" | "token" | "bootstrap-token" | "schedule" | "system";
                id: string;
                name: string;
            };
            action: string;
            target: {
                kind: string;
                id: string | null;
                name: string | null;
            } | null;
            address: string | null;
            requestId: string | null;
            detail: {
                [key: string]: unknown;
            };
        };
        Broadcast: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            streamId: string;
            streamName: string;
            nodeId: string;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
            endReason: string | null;
        };
        BroadcastDetail: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            streamId: string;
            streamName: string;
            nodeId: string;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
            endReason: string | null;
            durationMs: number | null;
            destinations: components["schemas"]["BroadcastOutcome"][];
            attempts: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                destinationId: string;
                destinationName: string | null;
                number: number;
                /** Format: date-time */
                startedAt: string;
                publishedAt: string | null;
                endedAt: string | null;
                code: string | null;
                class: string | null;
                message: string | null;
                remoteWords: string | null;
                bytesWritten: number | null;
            }[];
        };
        BroadcastEvent: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            broadcastId: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "broadcast" | "ingest" | "push" | "action";
            code: string;
            message: string;
            destinationId: string | null;
            remoteWords: string | null;
            actor: string | null;
        };
        BroadcastExport: {
            /** @constant */
            version: 1;
            /** Format: date-time */
            exportedAt: string;
            broadcast: components["schemas"]["Broadcast"];
            attempts: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                destinationId: string;
                destinationName: string | null;
                number: number;
                /** Format: date-time */
                startedAt: string;
                publishedAt: string | null;
                endedAt: string | null;
                code: string | null;
                class: string | null;
                message: string | null;
                remoteWords: string | null;
                bytesWritten: number | null;
            }[];
            events: components["schemas"]["BroadcastEvent"][];
            statistics: components["schemas"]["StatisticsAnswer"][];
        };
        BroadcastItem: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            streamId: string;
            streamName: string;
            nodeId: string;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
            endReason: string | null;
            durationMs: number | null;
            destinations: components["schemas"]["BroadcastOutcome"][];
        };
        BroadcastOutcome: {
            /** Format: uuid */
            destinationId: string;
            name: string | null;
            platform: string | null;
            liveMs: number;
            livePercent: number;
            reconnects: number;
            failures: number;
            lastCode: string | null;
            lastClass: string | null;
        };
        Certificate: {
            subject: string;
            issuer: string;
            /** Format: date-time */
            expiresAt: string;
            daysLeft: number;
            isSelfMade: boolean;
        };
        /**
         * @example {
         *       "delaySeconds": 30,
         *       "resume": "rewind"
         *     }
         */
        ChangeDestinationBody: {
            name?: string;
            platform?: string;
            url?: string;
            streamKey?: string;
            enabled?: boolean;
            backupUrl?: string | null;
            /** @description Failures in a row before the other URL is tried; 0: at once when it drops while live. */
            backupAfter?: number;
            /**
             * @description After an outage: live, or rewind to where it stopped, as far as that is held. Never faster than real time.
             * @enum {string}
             */
            resume?: "live" | "rewind";
            /** @description How far behind the encoder it runs, in seconds; refused where memory holds less. */
            delaySeconds?: number;
            certificateSha256?: string | null;
        };
        /**
         * @example {
         *       "allowedCidrs": [
         *         "203.0.113.0/24"
         *       ],
         *       "kbpsMax": 12000
         *     }
         */
        ChangeIngestRulesBody: {
            /** @description Where encoders may come from, such as 203.0.113.0/24; empty: from anywhere. */
            allowedCidrs?: string[];
            /** @description An encoder that sends more, over ten seconds, is ended. Null: 80 Mbit/s. */
            kbpsMax?: number | null;
            /** @description Your server that is asked about each publish; null: nobody is. */
            authorise?: {
                url: string;
                /**
                 * @description What counts when that server does not answer within two seconds.
                 * @default refuse
                 * @enum {string}
                 */
                fallback?: "refuse" | "allow";
            } | null;
        };
        ChangeMemberBody: {
            /** @enum {string} */
            role: "owner" | "operator" | "viewer";
        };
        ChangePasswordBody: {
            currentPassword: string;
            newPassword: string;
        };
        /**
         * @example {
         *       "startsAt": "21:00",
         *       "durationMinutes": 60
         *     }
         */
        ChangeScheduleBody: {
            name?: string;
            timeZone?: string;
            recurrence?: {
                /** @enum {string} */
                kind: "once";
                /** Format: date */
                date: string;
            } | {
                /** @enum {string} */
                kind: "weekly";
                weekdays: number[];
            };
            startsAt?: string;
            durationMinutes?: number;
            endBroadcast?: boolean;
            enabled?: boolean;
            destinations?: {
                /** Format: uuid */
                destinationId: string;
                /** @default 0 */
                startOffsetMinutes?: number;
                stopOffsetMinutes?: number;
            }[];
        };
        /**
         * @example {
         *       "graceSeconds": 300,
         *       "endOnUnpublish": true
         *     }
         */
        ChangeStreamBody: {
            name?: string;
            /** @description How long destinations stay connected without an encoder, in seconds. */
            graceSeconds?: number;
            /** @description A clean goodbye ends the broadcast at once. Some encoders say it before they return. */
            endOnUnpublish?: boolean;
            /**
             * @description A second encoder with the same key: takeover, it wins where the first is silent for 2 s or is the same; reject, it is refused; backup, it becomes the other input.
             * @enum {string}
             */
            takeover?: "takeover" | "reject" | "backup";
        };
        ChangeUserBody: {
            name?: string | null;
            isInstanceAdmin?: boolean;
            isDisabled?: boolean;
        };
        /**
         * @example {
         *       "kinds": [
         *         "push.needs_attention"
         *       ]
         *     }
         */
        ChangeWebhookBody: {
            name?: string;
            url?: string;
            /** Format: email */
            email?: string;
            kinds?: ("broadcast.started" | "broadcast.ended" | "broadcast.moved" | "ingest.connected" | "ingest.lost" | "ingest.returned" | "ingest.refused" | "ingest.switched" | "ingest.warning" | "push.live" | "push.degraded" | "push.recovered" | "push.retrying" | "push.needs_attention" | "push.stopped" | "push.warning" | "operator.action" | "schedule.fired" | "schedule.missed" | "certificate.expiring" | "webhook.test")[];
            streamId?: string | null;
            enabled?: boolean;
        };
        ChangeWorkspaceBody: {
            name: string;
        };
        ChangedIngestRules: {
            allowedCidrs: string[];
            kbpsMax: number | null;
            authorise: {
                url: string;
                /**
                 * @description What counts when that server does not answer within two seconds.
                 * @enum {string}
                 */
                fallback: "refuse" | "allow";
            } | null;
            hasPublishLinks: boolean;
            authoriseSecret: string | null;
        };
        CreateApiTokenBody: {
            name: string;
            scopes: ("streams:read" | "streams:write" | "live:control" | "destinations:write" | "destinations:test" | "keys:manage" | "history:read" | "schedules:write" | "webhooks:manage" | "members:manage" | "tokens:manage" | "workspace:manage" | "audit:read" | "instance:manage")[];
            expiresInDays?: number | null;
        };
        /**
         * @example {
         *       "name": "Main channel",
         *       "platform": "custom",
         *       "url": "rtmps://live.example.com/app",
         *       "streamKey": "the-key-that-the-platform-shows",
         *       "backupUrl": "rtmps://backup.example.com/app",
         *       "backupAfter": 0,
         *       "resume": "rewind",
         *       "delaySeconds": 30
         *     }
         */
        CreateDestinationBody: {
            name: string;
            /** @default custom */
            platform?: string;
            /** @description Needed, but for the platform `test`. */
            url?: string;
            /** @description Needed, but for the platform `test`. */
            streamKey?: string;
            /** @default true */
            enabled?: boolean;
            backupUrl?: string | null;
            /**
             * @description Failures in a row before the other URL is tried; 0: at once when it drops while live.
             * @default 3
             */
            backupAfter?: number;
            /**
             * @description After an outage: live, or rewind to where it stopped, as far as that is held. Never faster than real time.
             * @default live
             * @enum {string}
             */
            resume?: "live" | "rewind";
            /**
             * @description How far behind the encoder it runs, in seconds; refused where memory holds less.
             * @default 0
             */
            delaySeconds?: number;
            certificateSha256?: string | null;
        };
        CreateInvitationBody: {
            /** Format: email */
            email: string;
            /** @enum {string} */
            role: "owner" | "operator" | "viewer";
        };
        /**
         * @example {
         *       "expiresInSeconds": 3600,
         *       "once": true
         *     }
         */
        CreatePublishUrlBody: {
            /**
             * @description For how long a publish may begin with it. What is live by then goes on.
             * @default 3600
             */
            expiresInSeconds?: number;
            /**
             * @description It opens the stream for one broadcast, into which its encoder may come back.
             * @default true
             */
            once?: boolean;
            /**
             * @description Which input it opens.
             * @default primary
             * @enum {string}
             */
            input?: "primary" | "backup";
        };
        /**
         * @example {
         *       "name": "Friday show",
         *       "timeZone": "Europe/Berlin",
         *       "recurrence": {
         *         "kind": "weekly",
         *         "weekdays": [
         *           4
         *         ]
         *       },
         *       "startsAt": "20:15",
         *       "durationMinutes": 90
         *     }
         */
        CreateScheduleBody: {
            name: string;
            timeZone: string;
            recurrence: {
                /** @enum {string} */
                kind: "once";
                /** Format: date */
                date: string;
            } | {
                /** @enum {string} */
                kind: "weekly";
                weekdays: number[];
            };
            startsAt: string;
            durationMinutes: number;
            /** @default false */
            endBroadcast?: boolean;
            /** @default true */
            enabled?: boolean;
            /** @default [] */
            destinations?: {
                /** Format: uuid */
                destinationId: string;
                /** @default 0 */
                startOffsetMinutes?: number;
                stopOffsetMinutes?: number;
            }[];
        };
        /**
         * @example {
         *       "name": "Friday show",
         *       "graceSeconds": 120,
         *       "takeover": "takeover"
         *     }
         */
        CreateStreamBody: {
            name: string;
            /**
             * @description How long destinations stay connected without an encoder, in seconds.
             * @default 60
             */
            graceSeconds?: number;
            /**
             * @description A clean goodbye ends the broadcast at once. Some encoders say it before they return.
             * @default false
             */
            endOnUnpublish?: boolean;
            /**
             * @description A second encoder with the same key: takeover, it wins where the first is silent for 2 s or is the same; reject, it is refused; backup, it becomes the other input.
             * @default takeover
             * @enum {string}
             */
            takeover?: "takeover" | "reject" | "backup";
        };
        CreateUserBody: {
            /** Format: email */
            email: string;
            password: string;
            name?: string;
            /** @default false */
            isInstanceAdmin?: boolean;
        };
        /**
         * @example {
         *       "name": "On-call",
         *       "format": "standard",
         *       "url": "https://hooks.example.com/forkcast",
         *       "kinds": [
         *         "push.needs_attention",
         *         "ingest.lost"
         *       ]
         *     }
         */
        CreateWebhookBody: {
            name: string;
            /** @enum {string} */
            format: "standard" | "discord" | "slack" | "email";
            url?: string;
            /** Format: email */
            email?: string;
            kinds: ("broadcast.started" | "broadcast.ended" | "broadcast.moved" | "ingest.connected" | "ingest.lost" | "ingest.returned" | "ingest.refused" | "ingest.switched" | "ingest.warning" | "push.live" | "push.degraded" | "push.recovered" | "push.retrying" | "push.needs_attention" | "push.stopped" | "push.warning" | "operator.action" | "schedule.fired" | "schedule.missed" | "certificate.expiring" | "webhook.test")[];
            streamId?: string | null;
            /** @default true */
            enabled?: boolean;
        };
        CreateWorkspaceBody: {
            name: string;
            quota?: {
                streamsMax?: number | null;
                destinationsMax?: number | null;
                outKbpsMax?: number | null;
                relayMinutesMax?: number | null;
            };
        };
        Delivery: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            eventId: string;
            sequence: number;
            /** @enum {string} */
            type: "broadcast.started" | "broadcast.ended" | "broadcast.moved" | "ingest.connected" | "ingest.lost" | "ingest.returned" | "ingest.refused" | "ingest.switched" | "ingest.warning" | "push.live" | "push.degraded" | "push.recovered" | "push.retrying" | "push.needs_attention" | "push.stopped" | "push.warning" | "operator.action" | "schedule.fired" | "schedule.missed" | "certificate.expiring" | "webhook.test";
            /** @enum {string} */
            state: "pending" | "delivered" | "dead";
            tries: number;
            nextTryAt: string | null;
            lastStatus: number | null;
            lastFault: string | null;
            deliveredAt: string | null;
        };
        Destination: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            streamId: string;
            name: string;
            platform: string;
            url: string;
            backupUrl: string | null;
            keyHint: string;
            enabled: boolean;
            backupAfter: number;
            /** @enum {string} */
            resume: "live" | "rewind";
            delaySeconds: number;
            certificateSha256: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        DestinationSplit: {
            platform: string;
            /** @enum {string} */
            scheme: "rtmp" | "rtmps";
            host: string;
            port: number;
            app: string;
            url: string;
            backupUrl: string | null;
            streamKey: string;
            warnings: {
                code: string;
                message: string;
            }[];
        };
        /**
         * @example {
         *       "cut": true
         *     }
         */
        EndBody: {
            /**
             * @description What is held back is not played out first.
             * @default false
             */
            cut?: boolean;
        };
        IngestKey: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            input: "primary" | "backup";
            hint: string;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
        };
        IngestKeys: {
            items: components["schemas"]["IngestKey"][];
        };
        IngestRules: {
            allowedCidrs: string[];
            kbpsMax: number | null;
            authorise: {
                url: string;
                /**
                 * @description What counts when that server does not answer within two seconds.
                 * @enum {string}
                 */
                fallback: "refuse" | "allow";
            } | null;
            hasPublishLinks: boolean;
        };
        IngestStatus: {
            /** Format: date-time */
            connectedAt: string;
            /** @enum {string} */
            protocol: "rtmp" | "rtmps";
            encoder: string | null;
            kbps: number;
            video: {
                codec: string;
                width: number | null;
                height: number | null;
                framesPerSecond: number | null;
                kbps: number;
                keyframeIntervalMs: number | null;
                hasBFrames?: boolean | null;
            } | null;
            audio: {
                codec: string;
                sampleRateHz: number | null;
                channels: number | null;
                kbps: number;
            } | null;
            lateMessages?: number | null;
            jumps?: number | null;
            warnings: {
                code: string;
                message: string;
            }[];
        };
        Invitation: {
            /** Format: uuid */
            id: string;
            email: string;
            /** @enum {string} */
            role: "owner" | "operator" | "viewer";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Lane: {
            lane: number;
            isUp: boolean;
            load: number;
            ingests: number;
            pushes: number;
        };
        ListedStream: {
            /** Format: uuid */
            id: string;
            name: string;
            graceSeconds: number;
            endOnUnpublish: boolean;
            /** @enum {string} */
            takeover: "takeover" | "reject" | "backup";
            ingest: {
                rtmpUrl: string | null;
                rtmpsUrl: string | null;
                /** @enum {string} */
                recommended: "rtmp" | "rtmps";
                /** @enum {string} */
                certificate: "trusted" | "self-made" | "unknown";
                keyHint: string;
                backupKeyHint: string | null;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            destinations?: components["schemas"]["Destination"][];
            status?: components["schemas"]["StreamStatus"] | null;
        };
        LiveWarning: {
            /** @enum {string} */
            code: "CODEC_UNSUPPORTED" | "BITRATE_HIGH" | "AUDIO_BITRATE_HIGH" | "RESOLUTION_HIGH" | "FRAME_RATE_HIGH" | "KEYFRAMES_FAR_APART" | "AUDIO_MISSING" | "AUDIO_CODEC_UNSUPPORTED" | "B_FRAMES" | "DUPLICATE_KEY" | "UPLINK_SHORT" | "OUT_QUOTA_NEAR" | "LOOP" | "DURATION_NEAR";
            message: string;
            limit: number | string | null;
            measured: number | string | null;
            destinationIds: string[];
            /** Format: date-time */
            sinceAt: string;
        };
        Member: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string | null;
            /** @enum {string} */
            role: "owner" | "operator" | "viewer";
            /** Format: date-time */
            createdAt: string;
        };
        NewApiToken: {
            /** Format: uuid */
            id: string;
            name: string;
            hint: string;
            scopes: ("streams:read" | "streams:write" | "live:control" | "destinations:write" | "destinations:test" | "keys:manage" | "history:read" | "schedules:write" | "webhooks:manage" | "members:manage" | "tokens:manage" | "workspace:manage" | "audit:read" | "instance:manage")[];
            createdBy: string | null;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            token: string;
        };
        NewInvitation: {
            /** Format: uuid */
            id: string;
            email: string;
            /** @enum {string} */
            role: "owner" | "operator" | "viewer";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            link: string;
        };
        NewPasswordReset: {
            email: string;
            link: string;
            /** Format: date-time */
            expiresAt: string;
        };
        OpenInvitation: {
            email: string;
            /** @enum {string} */
            role: "owner" | "operator" | "viewer";
            workspaceName: string;
            hasAccount: boolean;
            /** Format: date-time */
            expiresAt: string;
        };
        OpenPasswordReset: {
            email: string;
            /** Format: date-time */
            expiresAt: string;
        };
        /**
         * @example {
         *       "text": "Server: rtmps://live.example.com/app\nStream key: abcd-1234?token=5678"
         *     }
         */
        ParseDestinationBody: {
            /** @description What was copied, as it is. */
            text: string;
            /** @description The platform chosen already; it decides where a host belongs to several. */
            platform?: string;
        };
        Platform: {
            id: string;
            name: string;
            servers: {
                url: string;
                label: string;
                region: ("anywhere" | "africa" | "asia" | "europe" | "middle-east" | "north-america" | "oceania" | "south-america") | null;
            }[];
            backupServers: {
                url: string;
                label: string;
                region: ("anywhere" | "africa" | "asia" | "europe" | "middle-east" | "north-america" | "oceania" | "south-america") | null;
            }[];
            hosts: string[];
            appWhenMissing: string | null;
            keyHelp: string;
            keyUrl: string | null;
            keyLifetime: ("reusable" | "per-event") | null;
            /** @enum {string} */
            keyFormat: "plain" | "with-query";
            keyPrefixes: string[];
            videoCodecs: ("h264" | "hevc" | "av1")[];
            audioCodecs: ("aac" | "mp3" | "opus" | "ac3" | "flac")[];
            enhancedRtmpCodecs: (("h264" | "hevc" | "av1") | ("aac" | "mp3" | "opus" | "ac3" | "flac"))[];
            videoKbpsMax: number | null;
            audioKbpsMax: number | null;
            keyframeSecondsMax: number | null;
            hoursMax: number | null;
            limits: {
                videoKbpsMax: number | null;
                videoKbpsByMode: {
                    height: number;
                    fps: number;
                    kbpsMax: number;
                }[];
                audioKbpsMax: number | null;
                widthMax: number | null;
                heightMax: number | null;
                fpsMax: number | null;
                keyframeSecondsMax: number | null;
                keyframeSecondsWanted: number | null;
                bFramesMax: number | null;
                audioRequired: boolean;
                hoursMax: number | null;
            };
            backupIngest: ("same-key" | "other-key" | "none") | null;
            privateTest: {
                append: string;
                help: string;
            } | null;
            notes: string[];
            sources: {
                /** @enum {string} */
                kind: "documented" | "listed" | "reported";
                what: string;
                url: string | null;
                /** Format: date */
                readOn: string;
            }[];
            /** Format: date */
            verifiedOn: string;
        };
        PreflightResult: {
            ok: boolean;
            steps: {
                /** @enum {string} */
                name: "resolve" | "tcp" | "tls" | "handshake" | "connect" | "publish";
                ok: boolean;
                ms: number;
                detail: string;
                addresses?: string[];
                certificate?: {
                    subject: string;
                    issuer: string;
                    /** Format: date-time */
                    validTo: string;
                    daysLeft: number;
                    /** @description Its fingerprint, as `certificateSha256` of a destination takes it. */
                    sha256: string;
                };
            }[];
            error: {
                code: string;
                class: string;
                message: string;
            } | null;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @enum {string} */
            code: "ADDRESS_FORBIDDEN" | "BAD_REQUEST" | "BODY_CHARSET_UNKNOWN" | "BODY_ENCODING_UNKNOWN" | "BODY_NOT_JSON" | "BODY_TOO_DEEP" | "BODY_TOO_LARGE" | "BROADCAST_NOT_FOUND" | "CROSS_SITE_REQUEST" | "CURSOR_INVALID" | "DATABASE_UNAVAILABLE" | "DELAY_TOO_LONG" | "DELIVERY_NOT_FOUND" | "DESTINATION_LIMIT" | "DESTINATION_LIVE" | "DESTINATION_NOT_FOUND" | "DESTINATION_STOPPED" | "ETAG_INVALID" | "IDEMPOTENCY_KEY_INVALID" | "IDEMPOTENCY_KEY_IN_USE" | "IDEMPOTENCY_KEY_REUSED" | "INPUT_FROZEN" | "INPUT_NOT_THERE" | "INTERNAL_FAULT" | "INVITATION_INVALID" | "INVITATION_NOT_FOUND" | "KEY_IS_MASKED" | "KEY_IS_URL" | "KEY_LAST" | "KEY_MISSING" | "KEY_NOT_FOUND" | "LAST_OWNER" | "LIVE_STORE_REFUSED" | "LIVE_STORE_UNAVAILABLE" | "MAIL_NOT_SET_UP" | "MEMBER_EXISTS" | "MEMBER_NOT_FOUND" | "METHOD_NOT_ALLOWED" | "NOT_ALLOWED" | "NOT_FOUND" | "PASSWORD_RESET_INVALID" | "PASSWORD_WRONG" | "PASTE_UNREADABLE" | "PIN_NEEDS_RTMPS" | "PLATFORM_NOT_FOUND" | "PLATFORM_UNKNOWN" | "PRECONDITION_FAILED" | "PREVIEW_BUSY" | "PREVIEW_KEY_DIFFERS" | "PREVIEW_NOT_LIVE" | "QUEUE_ANSWER_LATE" | "QUEUE_JOB_FAILED" | "QUEUE_UNAVAILABLE" | "QUOTA_DESTINATIONS" | "QUOTA_STREAMS" | "RATE_LIMITED" | "REQUEST_REFUSED" | "ROW_EXISTS" | "SCHEDULE_LIMIT" | "SCHEDULE_NOT_FOUND" | "SCHEDULE_TIME_INVALID" | "SESSION_NOT_FOUND" | "SET_UP_DONE" | "SET_UP_LINK_INVALID" | "SHUTTING_DOWN" | "SIGN_IN_REFUSED" | "SIGN_IN_REQUIRED" | "SLATE_NOT_A_PICTURE" | "SLATE_NOT_FOUND" | "SLATE_SIDE_TOO_LONG" | "SLATE_TOO_LARGE" | "SLATE_TYPE_UNKNOWN" | "STREAM_NOT_FOUND" | "STREAM_NOT_LIVE" | "TEST_PUBLISH_UNSUPPORTED" | "TEXT_HAS_NUL" | "TIME_ZONE_UNKNOWN" | "TOKEN_EXPIRED" | "TOKEN_NOT_FOUND" | "TOKEN_UNKNOWN" | "TOO_MANY_ATTEMPTS" | "TOO_MANY_EVENT_STREAMS" | "TOO_MANY_REQUESTS" | "URL_HAS_FORBIDDEN_CHARACTER" | "URL_HAS_USERINFO" | "URL_HOST_INVALID" | "URL_HOST_MISSING" | "URL_MISSING" | "URL_NOT_RTMP" | "URL_PORT_FORBIDDEN" | "URL_PORT_INVALID" | "URL_TOO_LONG" | "USER_NOT_FOUND" | "VALIDATION_FAILED" | "WEBHOOK_LIMIT" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_NOT_SIGNED" | "WEBHOOK_OFF" | "WEBHOOK_URL_FORBIDDEN" | "WEBHOOK_URL_INVALID" | "WEBHOOK_URL_NOT_HTTPS" | "WORKSPACE_LIVE" | "WORKSPACE_NOT_FOUND";
            detail: string;
            instance?: string;
            errors?: {
                field: string;
                code: string;
                message: string;
            }[];
        };
        PublishUrl: {
            ingest: {
                rtmpUrl: string | null;
                rtmpsUrl: string | null;
                streamKey: string;
            };
            once: boolean;
            /** @enum {string} */
            input: "primary" | "backup";
            /** Format: date-time */
            expiresAt: string;
        };
        PushStatus: {
            /** Format: uuid */
            destinationId: string;
            enabled: boolean;
            /** @enum {string} */
            state: "awaiting_stream" | "connecting" | "live" | "degraded" | "draining" | "retrying" | "needs_attention" | "stopped";
            /** Format: date-time */
            since: string;
            attempt: number;
            nextRetryAt: string | null;
            lastError: {
                code: string;
                class: string;
                message: string;
                /** @default null */
                remoteWords: string | null;
                /** Format: date-time */
                at: string;
            } | null;
            evidence: {
                tcp: string | null;
                tls: string | null;
                publishAccepted: string | null;
                bytesWritten: number;
                bytesAcked: number;
                lastProgressAt: string | null;
            };
            kbps: number;
            lagMs: number;
            /** @default 0 */
            delayMs: number;
            /** @default 0 */
            delayWantedMs: number;
            /** @default null */
            startsAt: string | null;
            /**
             * @default main
             * @enum {string}
             */
            target: "main" | "backup";
            /** @default null */
            drainingUntil: string | null;
            droppedFrames: number;
            waitingForKeyframe?: boolean | null;
            /** @default [] */
            warnings: components["schemas"]["LiveWarning"][];
        };
        Queue: {
            name: string;
            waiting: number;
            active: number;
            delayed: number;
            failed: number;
            oldestWaitingMs: number | null;
        };
        Quota: {
            streamsMax: number | null;
            destinationsMax: number | null;
            outKbpsMax: number | null;
            relayMinutesMax: number | null;
        };
        QuotaInput: {
            streamsMax: number | null;
            destinationsMax: number | null;
            outKbpsMax: number | null;
            relayMinutesMax: number | null;
        };
        ReadInvitationBody: {
            token: string;
        };
        ReadPasswordResetBody: {
            token: string;
        };
        RefusedPublish: {
            /** Format: date-time */
            at: string;
            address: string;
            reason: string;
        };
        RelayNode: {
            id: string;
            /** Format: date-time */
            startedAt: string;
            saidAt: string | null;
            isDraining: boolean;
            streams: number;
            lanes: components["schemas"]["Lane"][];
            memory: {
                usedBytes: number;
                budgetBytes: number;
            } | null;
            kbpsIn: number | null;
            kbpsOut: number | null;
            uplinkKbps: number | null;
            certificate: components["schemas"]["Certificate"] | null;
            refusedPublishes: components["schemas"]["RefusedPublish"][];
        };
        RelayNodes: {
            items: components["schemas"]["RelayNode"][];
        };
        ReplayAnswer: {
            replayed: number;
        };
        /**
         * @example {
         *       "since": "2026-11-21T20:00:00.000Z"
         *     }
         */
        ReplayBody: {
            /** Format: date-time */
            since: string;
        };
        /**
         * @example {
         *       "overlapSeconds": 3600,
         *       "input": "backup"
         *     }
         */
        RotateKeyBody: {
            /**
             * @description How long the old key works beside the new one, in seconds.
             * @default 0
             */
            overlapSeconds?: number;
            /**
             * @description Which input the new key is for.
             * @default primary
             * @enum {string}
             */
            input?: "primary" | "backup";
        };
        /**
         * @example {
         *       "overlapSeconds": 3600
         *     }
         */
        RotateSecretBody: {
            /** @default 86400 */
            overlapSeconds?: number;
        };
        RotatedKey: {
            /** Format: uuid */
            id: string;
            name: string;
            graceSeconds: number;
            endOnUnpublish: boolean;
            /** @enum {string} */
            takeover: "takeover" | "reject" | "backup";
            ingest: {
                rtmpUrl: string | null;
                rtmpsUrl: string | null;
                /** @enum {string} */
                recommended: "rtmp" | "rtmps";
                /** @enum {string} */
                certificate: "trusted" | "self-made" | "unknown";
                keyHint: string;
                backupKeyHint: string | null;
                streamKey: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @enum {string} */
            input: "primary" | "backup";
            /** Format: date-time */
            oldKeyWorksUntil: string;
        };
        SavedDestination: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            streamId: string;
            name: string;
            platform: string;
            url: string;
            backupUrl: string | null;
            keyHint: string;
            enabled: boolean;
            backupAfter: number;
            /** @enum {string} */
            resume: "live" | "rewind";
            delaySeconds: number;
            certificateSha256: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description What to look at, although it was saved; left out where there is nothing. */
            warnings?: {
                code: string;
                message: string;
            }[];
        };
        Schedule: {
            name: string;
            timeZone: string;
            recurrence: {
                /** @constant */
                kind: "once";
                /** Format: date */
                date: string;
            } | {
                /** @constant */
                kind: "weekly";
                weekdays: number[];
            };
            startsAt: string;
            durationMinutes: number;
            endBroadcast: boolean;
            enabled: boolean;
            destinations: {
                /** Format: uuid */
                destinationId: string;
                startOffsetMinutes: number;
                stopOffsetMinutes: number;
            }[];
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            streamId: string;
            nextStartAt: string | null;
            nextStopAt: string | null;
            lastFiredAt: string | null;
        };
        Session: {
            /** @enum {string} */
            kind: "user" | "token" | "bootstrap-token";
            user: components["schemas"]["User"] | null;
            workspaces: {
                id: string;
                name: string;
                /** @enum {string} */
                role: "owner" | "operator" | "viewer";
                permissions: ("streams:read" | "streams:write" | "live:control" | "destinations:write" | "destinations:test" | "keys:manage" | "history:read" | "schedules:write" | "webhooks:manage" | "members:manage" | "tokens:manage" | "workspace:manage" | "audit:read" | "instance:manage")[];
            }[];
        };
        SetUpBody: {
            token: string;
            /** Format: email */
            email: string;
            password: string;
        };
        SetUpState: {
            pending: boolean;
        };
        Setting: {
            name: string;
            value: string | null;
            isHidden: boolean;
            isDefault: boolean;
            sentence: string;
        };
        Settings: {
            items: components["schemas"]["Setting"][];
        };
        SignInBody: {
            /** Format: email */
            email: string;
            password: string;
        };
        SignedInSession: {
            /** Format: uuid */
            id: string;
            isCurrent: boolean;
            address: string | null;
            userAgent: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        Slate: {
            sha256: string;
            /** @enum {string} */
            mime: "image/png" | "image/jpeg";
            bytes: number;
            width: number;
            height: number;
        };
        StatisticsAnswer: {
            resolution: 1 | 10 | 60;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            series: {
                destinationId: string | null;
                name: string | null;
                points: components["schemas"]["StatisticsPoint"][];
            }[];
        };
        StatisticsPoint: {
            /** Format: date-time */
            at: string;
            seconds: number;
            kbps: {
                avg: number;
                min: number;
                max: number;
            };
            lagMsMax: number;
            dropped: number;
            reconnects: number;
            bytes: number;
        };
        Stream: {
            /** Format: uuid */
            id: string;
            name: string;
            graceSeconds: number;
            endOnUnpublish: boolean;
            /** @enum {string} */
            takeover: "takeover" | "reject" | "backup";
            ingest: {
                rtmpUrl: string | null;
                rtmpsUrl: string | null;
                /** @enum {string} */
                recommended: "rtmp" | "rtmps";
                /** @enum {string} */
                certificate: "trusted" | "self-made" | "unknown";
                keyHint: string;
                backupKeyHint: string | null;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        StreamChecks: {
            items: components["schemas"]["LiveWarning"][];
        };
        StreamStatus: {
            /** Format: uuid */
            streamId: string;
            /** @default null */
            workspaceId: string | null;
            /** @enum {string} */
            state: "offline" | "live" | "grace";
            broadcast: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                startedAt: string;
            } | null;
            ingest: components["schemas"]["IngestStatus"] | null;
            /** @default null */
            activeInput: ("primary" | "backup") | null;
            /**
             * @default {
             *       "primary": null,
             *       "backup": null
             *     }
             */
            inputs: {
                primary: {
                    /** Format: date-time */
                    connectedAt: string;
                    /** @enum {string} */
                    protocol: "rtmp" | "rtmps";
                    encoder: string | null;
                    kbps: number;
                    video: {
                        codec: string;
                        width: number | null;
                        height: number | null;
                        framesPerSecond: number | null;
                        kbps: number;
                        keyframeIntervalMs: number | null;
                        hasBFrames?: boolean | null;
                    } | null;
                    audio: {
                        codec: string;
                        sampleRateHz: number | null;
                        channels: number | null;
                        kbps: number;
                    } | null;
                    lateMessages?: number | null;
                    jumps?: number | null;
                    warnings: {
                        code: string;
                        message: string;
                    }[];
                    /** @enum {string} */
                    health: "waiting" | "well" | "frozen";
                } | null;
                backup: {
                    /** Format: date-time */
                    connectedAt: string;
                    /** @enum {string} */
                    protocol: "rtmp" | "rtmps";
                    encoder: string | null;
                    kbps: number;
                    video: {
                        codec: string;
                        width: number | null;
                        height: number | null;
                        framesPerSecond: number | null;
                        kbps: number;
                        keyframeIntervalMs: number | null;
                        hasBFrames?: boolean | null;
                    } | null;
                    audio: {
                        codec: string;
                        sampleRateHz: number | null;
                        channels: number | null;
                        kbps: number;
                    } | null;
                    lateMessages?: number | null;
                    jumps?: number | null;
                    warnings: {
                        code: string;
                        message: string;
                    }[];
                    /** @enum {string} */
                    health: "waiting" | "well" | "frozen";
                } | null;
            };
            /** @default null */
            graceEndsAt: string | null;
            /** @default null */
            hold: {
                /** @enum {string} */
                picture: "last-picture" | "keyframe" | "slate" | "none";
                /** @enum {string} */
                sound: "silence" | "none";
                reason: string;
                /** Format: date-time */
                since: string;
            } | null;
            /** @default null */
            delaySecondsMax: number | null;
            /** @default [] */
            warnings: components["schemas"]["LiveWarning"][];
            pushes: components["schemas"]["PushStatus"][];
            /** Format: date-time */
            updatedAt: string;
        };
        StreamWithKey: {
            /** Format: uuid */
            id: string;
            name: string;
            graceSeconds: number;
            endOnUnpublish: boolean;
            /** @enum {string} */
            takeover: "takeover" | "reject" | "backup";
            ingest: {
                rtmpUrl: string | null;
                rtmpsUrl: string | null;
                /** @enum {string} */
                recommended: "rtmp" | "rtmps";
                /** @enum {string} */
                certificate: "trusted" | "self-made" | "unknown";
                keyHint: string;
                backupKeyHint: string | null;
                streamKey: string;
                backupStreamKey: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @example {
         *       "to": "backup"
         *     }
         */
        SwitchInputBody: {
            /**
             * @description Without it: to the other one.
             * @enum {string}
             */
            to?: "primary" | "backup";
        };
        System: {
            /** Format: date-time */
            startedAt: string;
            postgres: {
                ok: boolean;
                ms: number | null;
                detail: string | null;
                sizeBytes: number | null;
                pendingMigrations: string[] | null;
            };
            redis: {
                ok: boolean;
                ms: number | null;
                detail: string | null;
                usedBytes: number | null;
                maxBytes: number | null;
            };
            queues: {
                ok: boolean;
                ms: number | null;
                detail: string | null;
                items: components["schemas"]["Queue"][];
            };
            mail: {
                isConfigured: boolean;
            };
            certificates: {
                subject: string;
                issuer: string;
                /** Format: date-time */
                expiresAt: string;
                daysLeft: number;
                isSelfMade: boolean;
                nodeId: string;
            }[];
        };
        /**
         * @example {
         *       "publish": false
         *     }
         */
        TestDestinationBody: {
            /** @default false */
            publish?: boolean;
        };
        Usage: {
            quota: components["schemas"]["Quota"];
            streams: number;
            destinations: number;
            month: {
                name: string;
                relayMinutes: number;
                relayMinutesLeft: number | null;
                bytesOut: number;
                outKbpsPeak: number;
            };
            days: {
                /** Format: date */
                day: string;
                relayMinutes: number;
                bytesOut: number;
                outKbpsPeak: number;
            }[];
        };
        UsePasswordResetBody: {
            token: string;
            password: string;
        };
        User: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string | null;
            isInstanceAdmin: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        UserDetail: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string | null;
            isInstanceAdmin: boolean;
            isDisabled: boolean;
            /** Format: date-time */
            createdAt: string;
            workspaces: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                role: "owner" | "operator" | "viewer";
            }[];
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            format: "standard" | "discord" | "slack" | "email";
            targetHint: string;
            kinds: ("broadcast.started" | "broadcast.ended" | "broadcast.moved" | "ingest.connected" | "ingest.lost" | "ingest.returned" | "ingest.refused" | "ingest.switched" | "ingest.warning" | "push.live" | "push.degraded" | "push.recovered" | "push.retrying" | "push.needs_attention" | "push.stopped" | "push.warning" | "operator.action" | "schedule.fired" | "schedule.missed" | "certificate.expiring" | "webhook.test")[];
            streamId: string | null;
            enabled: boolean;
            disabledReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookWithSecret: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            format: "standard" | "discord" | "slack" | "email";
            targetHint: string;
            kinds: ("broadcast.started" | "broadcast.ended" | "broadcast.moved" | "ingest.connected" | "ingest.lost" | "ingest.returned" | "ingest.refused" | "ingest.switched" | "ingest.warning" | "push.live" | "push.degraded" | "push.recovered" | "push.retrying" | "push.needs_attention" | "push.stopped" | "push.warning" | "operator.action" | "schedule.fired" | "schedule.missed" | "certificate.expiring" | "webhook.test")[];
            streamId: string | null;
            enabled: boolean;
            disabledReason: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            secret: string | null;
        };
        Workspace: {
            /** Format: uuid */
            id: string;
            name: string;
            quota: components["schemas"]["Quota"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
    };
    responses: {
        /** @description The request is not in order; `errors` names the fields at fault. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody is signed in, or the token is none. */
        SignInRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Whoever is signed in may not do this, or it came from another site. */
        NotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing in this workspace. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not go with how things stand; `code` says why. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It has changed since the ETag that If-Match names. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is of a type that is not taken here. */
        WrongType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is well formed, but cannot be done; `code` says why. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Wait as long as Retry-After says. */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other refusal: a store or another process does not answer, say. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
};
export type $defs = Record<string, never>;
export interface operations {
    listAudit: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                action?: string;
                actorId?: string;
                targetId?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "at": "2026-11-20T10:00:00.000Z",
                     *           "actor": {
                     *             "kind": "user",
                     *             "id": "text",
                     *             "name": "text"
                     *           },
                     *           "action": "text",
                     *           "target": {
                     *             "kind": "text",
                     *             "id": "text",
                     *             "name": "text"
                     *           },
                     *           "address": "text",
                     *           "requestId": "text",
                     *           "detail": {}
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["AuditRecord"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listBroadcasts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                streamId?: string;
                /** @description That began at this time or later. */
                from?: string;
                /** @description That began before this time. */
                to?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "streamId": "01920000-0000-7000-8000-000000000001",
                     *           "streamName": "text",
                     *           "nodeId": "text",
                     *           "startedAt": "2026-11-20T10:00:00.000Z",
                     *           "endedAt": "2026-11-20T10:00:00.000Z",
                     *           "endReason": "text",
                     *           "durationMs": 0,
                     *           "destinations": [
                     *             {
                     *               "destinationId": "01920000-0000-7000-8000-000000000001",
                     *               "name": "text",
                     *               "platform": "text",
                     *               "liveMs": 0,
                     *               "livePercent": 0,
                     *               "reconnects": 0,
                     *               "failures": 0,
                     *               "lastCode": "text",
                     *               "lastClass": "text"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["BroadcastItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getBroadcast: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "streamName": "text",
                     *       "nodeId": "text",
                     *       "startedAt": "2026-11-20T10:00:00.000Z",
                     *       "endedAt": "2026-11-20T10:00:00.000Z",
                     *       "endReason": "text",
                     *       "durationMs": 0,
                     *       "destinations": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "platform": "text",
                     *           "liveMs": 0,
                     *           "livePercent": 0,
                     *           "reconnects": 0,
                     *           "failures": 0,
                     *           "lastCode": "text",
                     *           "lastClass": "text"
                     *         }
                     *       ],
                     *       "attempts": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "destinationName": "text",
                     *           "number": 0,
                     *           "startedAt": "2026-11-20T10:00:00.000Z",
                     *           "publishedAt": "2026-11-20T10:00:00.000Z",
                     *           "endedAt": "2026-11-20T10:00:00.000Z",
                     *           "code": "text",
                     *           "class": "text",
                     *           "message": "text",
                     *           "remoteWords": "text",
                     *           "bytesWritten": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BroadcastDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listBroadcastEvents: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "broadcastId": "01920000-0000-7000-8000-000000000001",
                     *           "at": "2026-11-20T10:00:00.000Z",
                     *           "kind": "broadcast",
                     *           "code": "text",
                     *           "message": "text",
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "remoteWords": "text",
                     *           "actor": "text"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["BroadcastEvent"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getBroadcastExport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": 1,
                     *       "exportedAt": "2026-11-20T10:00:00.000Z",
                     *       "broadcast": {
                     *         "id": "01920000-0000-7000-8000-000000000001",
                     *         "streamId": "01920000-0000-7000-8000-000000000001",
                     *         "streamName": "text",
                     *         "nodeId": "text",
                     *         "startedAt": "2026-11-20T10:00:00.000Z",
                     *         "endedAt": "2026-11-20T10:00:00.000Z",
                     *         "endReason": "text"
                     *       },
                     *       "attempts": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "destinationName": "text",
                     *           "number": 0,
                     *           "startedAt": "2026-11-20T10:00:00.000Z",
                     *           "publishedAt": "2026-11-20T10:00:00.000Z",
                     *           "endedAt": "2026-11-20T10:00:00.000Z",
                     *           "code": "text",
                     *           "class": "text",
                     *           "message": "text",
                     *           "remoteWords": "text",
                     *           "bytesWritten": 0
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "broadcastId": "01920000-0000-7000-8000-000000000001",
                     *           "at": "2026-11-20T10:00:00.000Z",
                     *           "kind": "broadcast",
                     *           "code": "text",
                     *           "message": "text",
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "remoteWords": "text",
                     *           "actor": "text"
                     *         }
                     *       ],
                     *       "statistics": [
                     *         {
                     *           "resolution": 1,
                     *           "from": "2026-11-20T10:00:00.000Z",
                     *           "to": "2026-11-20T10:00:00.000Z",
                     *           "series": [
                     *             {
                     *               "destinationId": "01920000-0000-7000-8000-000000000001",
                     *               "name": "text",
                     *               "points": [
                     *                 {
                     *                   "at": "2026-11-20T10:00:00.000Z",
                     *                   "seconds": 0,
                     *                   "kbps": {
                     *                     "avg": 0,
                     *                     "min": 0,
                     *                     "max": 0
                     *                   },
                     *                   "lagMsMax": 0,
                     *                   "dropped": 0,
                     *                   "reconnects": 0,
                     *                   "bytes": 0
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BroadcastExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description BROADCAST_NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getBroadcastReport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description BROADCAST_NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getBroadcastStatistics: {
        parameters: {
            query?: {
                /** @description Of one destination, or of the encoder alone. */
                destinationId?: string | "ingest";
                /** @description Seconds of a point; without it, as fine as fits into one answer. */
                resolution?: "1" | "10" | "60";
                from?: string;
                to?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "resolution": 1,
                     *       "from": "2026-11-20T10:00:00.000Z",
                     *       "to": "2026-11-20T10:00:00.000Z",
                     *       "series": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "points": [
                     *             {
                     *               "at": "2026-11-20T10:00:00.000Z",
                     *               "seconds": 0,
                     *               "kbps": {
                     *                 "avg": 0,
                     *                 "min": 0,
                     *                 "max": 0
                     *               },
                     *               "lagMsMax": 0,
                     *               "dropped": 0,
                     *               "reconnects": 0,
                     *               "bytes": 0
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StatisticsAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description BROADCAST_NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    parseDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Server: rtmps://live.example.com/app\nStream key: abcd-1234?token=5678"
                 *     }
                 */
                "application/json": components["schemas"]["ParseDestinationBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "platform": "youtube",
                     *       "scheme": "rtmps",
                     *       "host": "b.rtmps.youtube.com",
                     *       "port": 443,
                     *       "app": "live2?backup=1",
                     *       "url": "rtmps://b.rtmps.youtube.com:443/live2?backup=1",
                     *       "backupUrl": null,
                     *       "streamKey": "abcd-1234",
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["DestinationSplit"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            /** @description URL_MISSING, KEY_MISSING, PASTE_UNREADABLE */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what is known already: 304 while it is still so. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "platform": "text",
                     *       "url": "text",
                     *       "backupUrl": "text",
                     *       "keyHint": "text",
                     *       "enabled": true,
                     *       "backupAfter": 0,
                     *       "resume": "live",
                     *       "delaySeconds": 0,
                     *       "certificateSha256": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Destination"];
                };
            };
            /** @description It is as it was. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "delaySeconds": 30,
                 *       "resume": "rewind"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeDestinationBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "platform": "text",
                     *       "url": "text",
                     *       "backupUrl": "text",
                     *       "keyHint": "text",
                     *       "enabled": true,
                     *       "backupAfter": 0,
                     *       "resume": "live",
                     *       "delaySeconds": 0,
                     *       "certificateSha256": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z",
                     *       "warnings": [
                     *         {
                     *           "code": "text",
                     *           "message": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SavedDestination"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            /** @description ADDRESS_FORBIDDEN, DELAY_TOO_LONG */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getDestinationPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/x-flv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description PREVIEW_NOT_LIVE, PREVIEW_BUSY, PREVIEW_KEY_DIFFERS */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    retryDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "platform": "text",
                     *       "url": "text",
                     *       "backupUrl": "text",
                     *       "keyHint": "text",
                     *       "enabled": true,
                     *       "backupAfter": 0,
                     *       "resume": "live",
                     *       "delaySeconds": 0,
                     *       "certificateSha256": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Destination"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    startDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "platform": "text",
                     *       "url": "text",
                     *       "backupUrl": "text",
                     *       "keyHint": "text",
                     *       "enabled": true,
                     *       "backupAfter": 0,
                     *       "resume": "live",
                     *       "delaySeconds": 0,
                     *       "certificateSha256": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Destination"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    stopDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["EndBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "platform": "text",
                     *       "url": "text",
                     *       "backupUrl": "text",
                     *       "keyHint": "text",
                     *       "enabled": true,
                     *       "backupAfter": 0,
                     *       "resume": "live",
                     *       "delaySeconds": 0,
                     *       "certificateSha256": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Destination"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    testDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["TestDestinationBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": true,
                     *       "steps": [
                     *         {
                     *           "name": "resolve",
                     *           "ok": true,
                     *           "ms": 0,
                     *           "detail": "text",
                     *           "addresses": [
                     *             "text"
                     *           ],
                     *           "certificate": {
                     *             "subject": "text",
                     *             "issuer": "text",
                     *             "validTo": "2026-11-20T10:00:00.000Z",
                     *             "daysLeft": 0,
                     *             "sha256": "text"
                     *           }
                     *         }
                     *       ],
                     *       "error": {
                     *         "code": "text",
                     *         "class": "text",
                     *         "message": "text"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PreflightResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "email": "text",
                     *           "role": "owner",
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "expiresAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Invitation"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "role": "owner"
                 *     }
                 */
                "application/json": components["schemas"]["CreateInvitationBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "email": "text",
                     *       "role": "owner",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "expiresAt": "2026-11-20T10:00:00.000Z",
                     *       "link": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description MEMBER_EXISTS */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "text",
                 *       "password": "text",
                 *       "name": "text"
                 *     }
                 */
                "application/json": components["schemas"]["AcceptInvitationBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "user",
                     *       "user": {
                     *         "id": "01920000-0000-7000-8000-000000000001",
                     *         "email": "text",
                     *         "name": "text",
                     *         "isInstanceAdmin": true,
                     *         "createdAt": "2026-11-20T10:00:00.000Z"
                     *       },
                     *       "workspaces": [
                     *         {
                     *           "id": "text",
                     *           "name": "text",
                     *           "role": "owner",
                     *           "permissions": [
                     *             "streams:read"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description SIGN_IN_REFUSED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INVITATION_INVALID */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    readInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "text"
                 *     }
                 */
                "application/json": components["schemas"]["ReadInvitationBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "text",
                     *       "role": "owner",
                     *       "workspaceName": "text",
                     *       "hasAccount": true,
                     *       "expiresAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenInvitation"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            /** @description INVITATION_INVALID */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "email": "text",
                     *           "name": "text",
                     *           "role": "owner",
                     *           "createdAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Member"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description LAST_OWNER */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "owner"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeMemberBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "email": "text",
                     *       "name": "text",
                     *       "role": "owner",
                     *       "createdAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description LAST_OWNER */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listNodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "text",
                     *           "startedAt": "2026-11-20T10:00:00.000Z",
                     *           "saidAt": "2026-11-20T10:00:00.000Z",
                     *           "isDraining": true,
                     *           "streams": 0,
                     *           "lanes": [
                     *             {
                     *               "lane": 0,
                     *               "isUp": true,
                     *               "load": 0,
                     *               "ingests": 0,
                     *               "pushes": 0
                     *             }
                     *           ],
                     *           "memory": {
                     *             "usedBytes": 0,
                     *             "budgetBytes": 0
                     *           },
                     *           "kbpsIn": 0,
                     *           "kbpsOut": 0,
                     *           "uplinkKbps": 0,
                     *           "certificate": {
                     *             "subject": "text",
                     *             "issuer": "text",
                     *             "expiresAt": "2026-11-20T10:00:00.000Z",
                     *             "daysLeft": 0,
                     *             "isSelfMade": true
                     *           },
                     *           "refusedPublishes": [
                     *             {
                     *               "at": "2026-11-20T10:00:00.000Z",
                     *               "address": "text",
                     *               "reason": "text"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RelayNodes"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    readPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "text"
                 *     }
                 */
                "application/json": components["schemas"]["ReadPasswordResetBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "text",
                     *       "expiresAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenPasswordReset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            /** @description PASSWORD_RESET_INVALID */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    usePasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "text",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["UsePasswordResetBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "user",
                     *       "user": {
                     *         "id": "01920000-0000-7000-8000-000000000001",
                     *         "email": "text",
                     *         "name": "text",
                     *         "isInstanceAdmin": true,
                     *         "createdAt": "2026-11-20T10:00:00.000Z"
                     *       },
                     *       "workspaces": [
                     *         {
                     *           "id": "text",
                     *           "name": "text",
                     *           "role": "owner",
                     *           "permissions": [
                     *             "streams:read"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            /** @description PASSWORD_RESET_INVALID */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listPlatforms: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "youtube",
                     *           "name": "YouTube",
                     *           "servers": [
                     *             {
                     *               "url": "rtmps://a.rtmps.youtube.com:443/live2",
                     *               "label": "Primary",
                     *               "region": "anywhere"
                     *             },
                     *             {
                     *               "url": "rtmp://a.rtmp.youtube.com/live2",
                     *               "label": "Primary, without encryption",
                     *               "region": "anywhere"
                     *             }
                     *           ],
                     *           "backupServers": [
                     *             {
                     *               "url": "rtmps://b.rtmps.youtube.com:443/live2?backup=1",
                     *               "label": "Backup",
                     *               "region": "anywhere"
                     *             },
                     *             {
                     *               "url": "rtmp://b.rtmp.youtube.com/live2?backup=1",
                     *               "label": "Backup, without encryption",
                     *               "region": "anywhere"
                     *             }
                     *           ],
                     *           "hosts": [
                     *             "youtube.com"
                     *           ],
                     *           "appWhenMissing": null,
                     *           "keyHelp": "YouTube Studio, Create, Go live, Stream: copy the stream key.",
                     *           "keyUrl": "https://www.youtube.com/live_dashboard",
                     *           "keyLifetime": "reusable",
                     *           "keyFormat": "plain",
                     *           "keyPrefixes": [],
                     *           "videoCodecs": [
                     *             "h264",
                     *             "hevc",
                     *             "av1"
                     *           ],
                     *           "audioCodecs": [
                     *             "aac"
                     *           ],
                     *           "enhancedRtmpCodecs": [
                     *             "hevc",
                     *             "av1"
                     *           ],
                     *           "videoKbpsMax": 51000,
                     *           "audioKbpsMax": 160,
                     *           "keyframeSecondsMax": 4,
                     *           "hoursMax": null,
                     *           "limits": {
                     *             "videoKbpsMax": 51000,
                     *             "videoKbpsByMode": [],
                     *             "audioKbpsMax": 160,
                     *             "widthMax": 3840,
                     *             "heightMax": 2160,
                     *             "fpsMax": 60,
                     *             "keyframeSecondsMax": 4,
                     *             "keyframeSecondsWanted": 2,
                     *             "bFramesMax": null,
                     *             "audioRequired": true,
                     *             "hoursMax": null
                     *           },
                     *           "backupIngest": "same-key",
                     *           "privateTest": null,
                     *           "notes": [
                     *             "A key is reusable, or belongs to one scheduled event: YouTube Studio says which.",
                     *             "For H.264 YouTube recommends 12 Mbit/s at 1080p60 and 35 Mbit/s at 2160p60.",
                     *             "The recording is kept only of broadcasts up to 12 hours.",
                     *             "The backup server has its query in the app: live2?backup=1."
                     *           ],
                     *           "sources": [
                     *             {
                     *               "kind": "listed",
                     *               "what": "obs-studio’s list of services",
                     *               "url": "https://github.com/obsproject/obs-studio/blob/000d038fe12145a9d94ffcf214a6772a86d2b91f/plugins/rtmp-services/data/services.json",
                     *               "readOn": "2026-11-21"
                     *             },
                     *             {
                     *               "kind": "documented",
                     *               "what": "YouTube Help: encoder settings, bitrates and resolutions",
                     *               "url": "https://support.google.com/youtube/answer/2853702",
                     *               "readOn": "2026-11-21"
                     *             },
                     *             {
                     *               "kind": "documented",
                     *               "what": "YouTube Live Streaming API: delivering over RTMPS",
                     *               "url": "https://developers.google.com/youtube/v3/live/guides/rtmps-ingestion",
                     *               "readOn": "2026-11-21"
                     *             }
                     *           ],
                     *           "verifiedOn": "2026-11-21"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Platform"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getPlatform: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "youtube",
                     *       "name": "YouTube",
                     *       "servers": [
                     *         {
                     *           "url": "rtmps://a.rtmps.youtube.com:443/live2",
                     *           "label": "Primary",
                     *           "region": "anywhere"
                     *         },
                     *         {
                     *           "url": "rtmp://a.rtmp.youtube.com/live2",
                     *           "label": "Primary, without encryption",
                     *           "region": "anywhere"
                     *         }
                     *       ],
                     *       "backupServers": [
                     *         {
                     *           "url": "rtmps://b.rtmps.youtube.com:443/live2?backup=1",
                     *           "label": "Backup",
                     *           "region": "anywhere"
                     *         },
                     *         {
                     *           "url": "rtmp://b.rtmp.youtube.com/live2?backup=1",
                     *           "label": "Backup, without encryption",
                     *           "region": "anywhere"
                     *         }
                     *       ],
                     *       "hosts": [
                     *         "youtube.com"
                     *       ],
                     *       "appWhenMissing": null,
                     *       "keyHelp": "YouTube Studio, Create, Go live, Stream: copy the stream key.",
                     *       "keyUrl": "https://www.youtube.com/live_dashboard",
                     *       "keyLifetime": "reusable",
                     *       "keyFormat": "plain",
                     *       "keyPrefixes": [],
                     *       "videoCodecs": [
                     *         "h264",
                     *         "hevc",
                     *         "av1"
                     *       ],
                     *       "audioCodecs": [
                     *         "aac"
                     *       ],
                     *       "enhancedRtmpCodecs": [
                     *         "hevc",
                     *         "av1"
                     *       ],
                     *       "videoKbpsMax": 51000,
                     *       "audioKbpsMax": 160,
                     *       "keyframeSecondsMax": 4,
                     *       "hoursMax": null,
                     *       "limits": {
                     *         "videoKbpsMax": 51000,
                     *         "videoKbpsByMode": [],
                     *         "audioKbpsMax": 160,
                     *         "widthMax": 3840,
                     *         "heightMax": 2160,
                     *         "fpsMax": 60,
                     *         "keyframeSecondsMax": 4,
                     *         "keyframeSecondsWanted": 2,
                     *         "bFramesMax": null,
                     *         "audioRequired": true,
                     *         "hoursMax": null
                     *       },
                     *       "backupIngest": "same-key",
                     *       "privateTest": null,
                     *       "notes": [
                     *         "A key is reusable, or belongs to one scheduled event: YouTube Studio says which.",
                     *         "For H.264 YouTube recommends 12 Mbit/s at 1080p60 and 35 Mbit/s at 2160p60.",
                     *         "The recording is kept only of broadcasts up to 12 hours.",
                     *         "The backup server has its query in the app: live2?backup=1."
                     *       ],
                     *       "sources": [
                     *         {
                     *           "kind": "listed",
                     *           "what": "obs-studio’s list of services",
                     *           "url": "https://github.com/obsproject/obs-studio/blob/000d038fe12145a9d94ffcf214a6772a86d2b91f/plugins/rtmp-services/data/services.json",
                     *           "readOn": "2026-11-21"
                     *         },
                     *         {
                     *           "kind": "documented",
                     *           "what": "YouTube Help: encoder settings, bitrates and resolutions",
                     *           "url": "https://support.google.com/youtube/answer/2853702",
                     *           "readOn": "2026-11-21"
                     *         },
                     *         {
                     *           "kind": "documented",
                     *           "what": "YouTube Live Streaming API: delivering over RTMPS",
                     *           "url": "https://developers.google.com/youtube/v3/live/guides/rtmps-ingestion",
                     *           "readOn": "2026-11-21"
                     *         }
                     *       ],
                     *       "verifiedOn": "2026-11-21"
                     *     }
                     */
                    "application/json": components["schemas"]["Platform"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description PLATFORM_NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what is known already: 304 while it is still so. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "text",
                     *       "timeZone": "text",
                     *       "recurrence": {
                     *         "kind": "once",
                     *         "date": "2026-11-20"
                     *       },
                     *       "startsAt": "20:15",
                     *       "durationMinutes": 1,
                     *       "endBroadcast": true,
                     *       "enabled": true,
                     *       "destinations": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "startOffsetMinutes": 0,
                     *           "stopOffsetMinutes": 0
                     *         }
                     *       ],
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "nextStartAt": "2026-11-20T10:00:00.000Z",
                     *       "nextStopAt": "2026-11-20T10:00:00.000Z",
                     *       "lastFiredAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description It is as it was. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "startsAt": "21:00",
                 *       "durationMinutes": 60
                 *     }
                 */
                "application/json": components["schemas"]["ChangeScheduleBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "text",
                     *       "timeZone": "text",
                     *       "recurrence": {
                     *         "kind": "once",
                     *         "date": "2026-11-20"
                     *       },
                     *       "startsAt": "20:15",
                     *       "durationMinutes": 1,
                     *       "endBroadcast": true,
                     *       "enabled": true,
                     *       "destinations": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "startOffsetMinutes": 0,
                     *           "stopOffsetMinutes": 0
                     *         }
                     *       ],
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "nextStartAt": "2026-11-20T10:00:00.000Z",
                     *       "nextStopAt": "2026-11-20T10:00:00.000Z",
                     *       "lastFiredAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            /** @description TIME_ZONE_UNKNOWN, SCHEDULE_TIME_INVALID */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getOwnSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "user",
                     *       "user": {
                     *         "id": "01920000-0000-7000-8000-000000000001",
                     *         "email": "text",
                     *         "name": "text",
                     *         "isInstanceAdmin": true,
                     *         "createdAt": "2026-11-20T10:00:00.000Z"
                     *       },
                     *       "workspaces": [
                     *         {
                     *           "id": "text",
                     *           "name": "text",
                     *           "role": "owner",
                     *           "permissions": [
                     *             "streams:read"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "text"
                 *     }
                 */
                "application/json": components["schemas"]["SignInBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "user",
                     *       "user": {
                     *         "id": "01920000-0000-7000-8000-000000000001",
                     *         "email": "text",
                     *         "name": "text",
                     *         "isInstanceAdmin": true,
                     *         "createdAt": "2026-11-20T10:00:00.000Z"
                     *       },
                     *       "workspaces": [
                     *         {
                     *           "id": "text",
                     *           "name": "text",
                     *           "role": "owner",
                     *           "permissions": [
                     *             "streams:read"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeOwnSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    putOwnSessionPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "text",
                 *       "newPassword": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["ChangePasswordBody"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            /** @description PASSWORD_WRONG */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "isCurrent": true,
                     *           "address": "text",
                     *           "userAgent": "text",
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "lastSeenAt": "2026-11-20T10:00:00.000Z",
                     *           "expiresAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["SignedInSession"][];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description SESSION_NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "text",
                     *           "value": "text",
                     *           "isHidden": true,
                     *           "isDefault": true,
                     *           "sentence": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Settings"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "pending": true
                     *     }
                     */
                    "application/json": components["schemas"]["SetUpState"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "text",
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["SetUpBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "user",
                     *       "user": {
                     *         "id": "01920000-0000-7000-8000-000000000001",
                     *         "email": "text",
                     *         "name": "text",
                     *         "isInstanceAdmin": true,
                     *         "createdAt": "2026-11-20T10:00:00.000Z"
                     *       },
                     *       "workspaces": [
                     *         {
                     *           "id": "text",
                     *           "name": "text",
                     *           "role": "owner",
                     *           "permissions": [
                     *             "streams:read"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listStreams: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description Comma-separated: destinations, status. Then a page has 50 streams at most. */
                expand?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "graceSeconds": 0,
                     *           "endOnUnpublish": true,
                     *           "takeover": "takeover",
                     *           "ingest": {
                     *             "rtmpUrl": "text",
                     *             "rtmpsUrl": "text",
                     *             "recommended": "rtmp",
                     *             "certificate": "trusted",
                     *             "keyHint": "text",
                     *             "backupKeyHint": "text"
                     *           },
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "updatedAt": "2026-11-20T10:00:00.000Z",
                     *           "destinations": [
                     *             {
                     *               "id": "01920000-0000-7000-8000-000000000001",
                     *               "streamId": "01920000-0000-7000-8000-000000000001",
                     *               "name": "text",
                     *               "platform": "text",
                     *               "url": "text",
                     *               "backupUrl": "text",
                     *               "keyHint": "text",
                     *               "enabled": true,
                     *               "backupAfter": 0,
                     *               "resume": "live",
                     *               "delaySeconds": 0,
                     *               "certificateSha256": "text",
                     *               "createdAt": "2026-11-20T10:00:00.000Z",
                     *               "updatedAt": "2026-11-20T10:00:00.000Z"
                     *             }
                     *           ],
                     *           "status": {
                     *             "streamId": "01920000-0000-7000-8000-000000000001",
                     *             "workspaceId": null,
                     *             "state": "offline",
                     *             "broadcast": {
                     *               "id": "01920000-0000-7000-8000-000000000001",
                     *               "startedAt": "2026-11-20T10:00:00.000Z"
                     *             },
                     *             "ingest": {
                     *               "connectedAt": "2026-11-20T10:00:00.000Z",
                     *               "protocol": "rtmp",
                     *               "encoder": "text",
                     *               "kbps": 0,
                     *               "video": {
                     *                 "codec": "text",
                     *                 "width": 0,
                     *                 "height": 0,
                     *                 "framesPerSecond": 0,
                     *                 "kbps": 0,
                     *                 "keyframeIntervalMs": 0,
                     *                 "hasBFrames": true
                     *               },
                     *               "audio": {
                     *                 "codec": "text",
                     *                 "sampleRateHz": 0,
                     *                 "channels": 0,
                     *                 "kbps": 0
                     *               },
                     *               "lateMessages": 0,
                     *               "jumps": 0,
                     *               "warnings": [
                     *                 {
                     *                   "code": "text",
                     *                   "message": "text"
                     *                 }
                     *               ]
                     *             },
                     *             "activeInput": null,
                     *             "inputs": {
                     *               "primary": null,
                     *               "backup": null
                     *             },
                     *             "graceEndsAt": null,
                     *             "hold": null,
                     *             "delaySecondsMax": null,
                     *             "warnings": [],
                     *             "pushes": [
                     *               {
                     *                 "destinationId": "01920000-0000-7000-8000-000000000001",
                     *                 "enabled": true,
                     *                 "state": "awaiting_stream",
                     *                 "since": "2026-11-20T10:00:00.000Z",
                     *                 "attempt": 0,
                     *                 "nextRetryAt": "2026-11-20T10:00:00.000Z",
                     *                 "lastError": {
                     *                   "code": "text",
                     *                   "class": "text",
                     *                   "message": "text",
                     *                   "remoteWords": null,
                     *                   "at": "2026-11-20T10:00:00.000Z"
                     *                 },
                     *                 "evidence": {
                     *                   "tcp": "2026-11-20T10:00:00.000Z",
                     *                   "tls": "2026-11-20T10:00:00.000Z",
                     *                   "publishAccepted": "2026-11-20T10:00:00.000Z",
                     *                   "bytesWritten": 0,
                     *                   "bytesAcked": 0,
                     *                   "lastProgressAt": "2026-11-20T10:00:00.000Z"
                     *                 },
                     *                 "kbps": 0,
                     *                 "lagMs": 0,
                     *                 "delayMs": 0,
                     *                 "delayWantedMs": 0,
                     *                 "startsAt": null,
                     *                 "target": "main",
                     *                 "drainingUntil": null,
                     *                 "droppedFrames": 0,
                     *                 "waitingForKeyframe": true,
                     *                 "warnings": []
                     *               }
                     *             ],
                     *             "updatedAt": "2026-11-20T10:00:00.000Z"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ListedStream"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Friday show",
                 *       "graceSeconds": 120,
                 *       "takeover": "takeover"
                 *     }
                 */
                "application/json": components["schemas"]["CreateStreamBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "graceSeconds": 0,
                     *       "endOnUnpublish": true,
                     *       "takeover": "takeover",
                     *       "ingest": {
                     *         "rtmpUrl": "text",
                     *         "rtmpsUrl": "text",
                     *         "recommended": "rtmp",
                     *         "certificate": "trusted",
                     *         "keyHint": "text",
                     *         "backupKeyHint": "text",
                     *         "streamKey": "text",
                     *         "backupStreamKey": "text"
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StreamWithKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what is known already: 304 while it is still so. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "graceSeconds": 0,
                     *       "endOnUnpublish": true,
                     *       "takeover": "takeover",
                     *       "ingest": {
                     *         "rtmpUrl": "text",
                     *         "rtmpsUrl": "text",
                     *         "recommended": "rtmp",
                     *         "certificate": "trusted",
                     *         "keyHint": "text",
                     *         "backupKeyHint": "text"
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Stream"];
                };
            };
            /** @description It is as it was. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "graceSeconds": 300,
                 *       "endOnUnpublish": true
                 *     }
                 */
                "application/json": components["schemas"]["ChangeStreamBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "graceSeconds": 0,
                     *       "endOnUnpublish": true,
                     *       "takeover": "takeover",
                     *       "ingest": {
                     *         "rtmpUrl": "text",
                     *         "rtmpsUrl": "text",
                     *         "recommended": "rtmp",
                     *         "certificate": "trusted",
                     *         "keyHint": "text",
                     *         "backupKeyHint": "text"
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Stream"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listStreamChecks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "code": "CODEC_UNSUPPORTED",
                     *           "message": "text",
                     *           "limit": 0,
                     *           "measured": 0,
                     *           "destinationIds": [
                     *             "01920000-0000-7000-8000-000000000001"
                     *           ],
                     *           "sinceAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StreamChecks"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listStreamDestinations: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "streamId": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "platform": "text",
                     *           "url": "text",
                     *           "backupUrl": "text",
                     *           "keyHint": "text",
                     *           "enabled": true,
                     *           "backupAfter": 0,
                     *           "resume": "live",
                     *           "delaySeconds": 0,
                     *           "certificateSha256": "text",
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "updatedAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Destination"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createStreamDestination: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Main channel",
                 *       "platform": "custom",
                 *       "url": "rtmps://live.example.com/app",
                 *       "streamKey": "the-key-that-the-platform-shows",
                 *       "backupUrl": "rtmps://backup.example.com/app",
                 *       "backupAfter": 0,
                 *       "resume": "rewind",
                 *       "delaySeconds": 30
                 *     }
                 */
                "application/json": components["schemas"]["CreateDestinationBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "platform": "text",
                     *       "url": "text",
                     *       "backupUrl": "text",
                     *       "keyHint": "text",
                     *       "enabled": true,
                     *       "backupAfter": 0,
                     *       "resume": "live",
                     *       "delaySeconds": 0,
                     *       "certificateSha256": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z",
                     *       "warnings": [
                     *         {
                     *           "code": "text",
                     *           "message": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SavedDestination"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            /** @description ADDRESS_FORBIDDEN, DELAY_TOO_LONG */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    endStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["EndBody"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "workspaceId": "00000000-0000-7000-8000-000000000001",
                     *       "state": "live",
                     *       "broadcast": {
                     *         "id": "01920000-0000-7000-8000-000000000002",
                     *         "startedAt": "2026-11-20T10:00:01.000Z"
                     *       },
                     *       "ingest": {
                     *         "connectedAt": "2026-11-20T10:00:00.000Z",
                     *         "protocol": "rtmps",
                     *         "encoder": "OBS Studio",
                     *         "kbps": 6120,
                     *         "video": {
                     *           "codec": "avc1",
                     *           "width": 1920,
                     *           "height": 1080,
                     *           "framesPerSecond": 60,
                     *           "kbps": 5960,
                     *           "keyframeIntervalMs": 2000
                     *         },
                     *         "audio": {
                     *           "codec": "mp4a",
                     *           "sampleRateHz": 48000,
                     *           "channels": 2,
                     *           "kbps": 160
                     *         },
                     *         "warnings": []
                     *       },
                     *       "activeInput": "backup",
                     *       "inputs": {
                     *         "primary": {
                     *           "connectedAt": "2026-11-20T10:00:00.000Z",
                     *           "protocol": "rtmps",
                     *           "encoder": "OBS Studio",
                     *           "kbps": 160,
                     *           "video": {
                     *             "codec": "avc1",
                     *             "width": 1920,
                     *             "height": 1080,
                     *             "framesPerSecond": 60,
                     *             "kbps": 5960,
                     *             "keyframeIntervalMs": 2000
                     *           },
                     *           "audio": {
                     *             "codec": "mp4a",
                     *             "sampleRateHz": 48000,
                     *             "channels": 2,
                     *             "kbps": 160
                     *           },
                     *           "warnings": [],
                     *           "health": "frozen"
                     *         },
                     *         "backup": {
                     *           "connectedAt": "2026-11-20T10:00:00.000Z",
                     *           "protocol": "rtmps",
                     *           "encoder": "OBS Studio",
                     *           "kbps": 6120,
                     *           "video": {
                     *             "codec": "avc1",
                     *             "width": 1920,
                     *             "height": 1080,
                     *             "framesPerSecond": 60,
                     *             "kbps": 5960,
                     *             "keyframeIntervalMs": 2000
                     *           },
                     *           "audio": {
                     *             "codec": "mp4a",
                     *             "sampleRateHz": 48000,
                     *             "channels": 2,
                     *             "kbps": 160
                     *           },
                     *           "warnings": [],
                     *           "health": "well"
                     *         }
                     *       },
                     *       "graceEndsAt": null,
                     *       "hold": null,
                     *       "delaySecondsMax": 58,
                     *       "warnings": [],
                     *       "pushes": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000003",
                     *           "enabled": true,
                     *           "state": "live",
                     *           "since": "2026-11-20T10:00:32.000Z",
                     *           "attempt": 1,
                     *           "nextRetryAt": null,
                     *           "lastError": null,
                     *           "evidence": {
                     *             "tcp": "2026-11-20T10:00:31.000Z",
                     *             "tls": "2026-11-20T10:00:31.000Z",
                     *             "publishAccepted": "2026-11-20T10:00:32.000Z",
                     *             "bytesWritten": 8425310,
                     *             "bytesAcked": 8410000,
                     *             "lastProgressAt": "2026-11-20T10:00:44.000Z"
                     *           },
                     *           "kbps": 6120,
                     *           "lagMs": 12,
                     *           "delayMs": 30000,
                     *           "delayWantedMs": 30000,
                     *           "startsAt": null,
                     *           "target": "main",
                     *           "drainingUntil": null,
                     *           "droppedFrames": 0,
                     *           "warnings": []
                     *         }
                     *       ],
                     *       "updatedAt": "2026-11-20T10:00:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StreamStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description STREAM_NOT_LIVE */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getStreamIngestRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "allowedCidrs": [
                     *         "text"
                     *       ],
                     *       "kbpsMax": 0,
                     *       "authorise": {
                     *         "url": "text",
                     *         "fallback": "refuse"
                     *       },
                     *       "hasPublishLinks": true
                     *     }
                     */
                    "application/json": components["schemas"]["IngestRules"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    putStreamIngestRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "allowedCidrs": [
                 *         "203.0.113.0/24"
                 *       ],
                 *       "kbpsMax": 12000
                 *     }
                 */
                "application/json": components["schemas"]["ChangeIngestRulesBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "allowedCidrs": [
                     *         "text"
                     *       ],
                     *       "kbpsMax": 0,
                     *       "authorise": {
                     *         "url": "text",
                     *         "fallback": "refuse"
                     *       },
                     *       "hasPublishLinks": true,
                     *       "authoriseSecret": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedIngestRules"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listStreamKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "input": "primary",
                     *           "hint": "text",
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "expiresAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["IngestKeys"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeStreamKey: {
        parameters: {
            query?: {
                /** @description Revoke also the last key of the primary input. */
                force?: "true" | "false";
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description KEY_LAST */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getStreamPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/x-flv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description PREVIEW_NOT_LIVE, PREVIEW_BUSY, PREVIEW_KEY_DIFFERS */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createStreamPublishUrl: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CreatePublishUrlBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ingest": {
                     *         "rtmpUrl": "text",
                     *         "rtmpsUrl": "text",
                     *         "streamKey": "text"
                     *       },
                     *       "once": true,
                     *       "input": "primary",
                     *       "expiresAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PublishUrl"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeStreamPublishUrls: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    rotateStreamKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RotateKeyBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "graceSeconds": 0,
                     *       "endOnUnpublish": true,
                     *       "takeover": "takeover",
                     *       "ingest": {
                     *         "rtmpUrl": "text",
                     *         "rtmpsUrl": "text",
                     *         "recommended": "rtmp",
                     *         "certificate": "trusted",
                     *         "keyHint": "text",
                     *         "backupKeyHint": "text",
                     *         "streamKey": "text"
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z",
                     *       "input": "primary",
                     *       "oldKeyWorksUntil": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RotatedKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listStreamSchedules: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "text",
                     *           "timeZone": "text",
                     *           "recurrence": {
                     *             "kind": "once",
                     *             "date": "2026-11-20"
                     *           },
                     *           "startsAt": "20:15",
                     *           "durationMinutes": 1,
                     *           "endBroadcast": true,
                     *           "enabled": true,
                     *           "destinations": [
                     *             {
                     *               "destinationId": "01920000-0000-7000-8000-000000000001",
                     *               "startOffsetMinutes": 0,
                     *               "stopOffsetMinutes": 0
                     *             }
                     *           ],
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "streamId": "01920000-0000-7000-8000-000000000001",
                     *           "nextStartAt": "2026-11-20T10:00:00.000Z",
                     *           "nextStopAt": "2026-11-20T10:00:00.000Z",
                     *           "lastFiredAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Schedule"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createStreamSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Friday show",
                 *       "timeZone": "Europe/Berlin",
                 *       "recurrence": {
                 *         "kind": "weekly",
                 *         "weekdays": [
                 *           4
                 *         ]
                 *       },
                 *       "startsAt": "20:15",
                 *       "durationMinutes": 90
                 *     }
                 */
                "application/json": components["schemas"]["CreateScheduleBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "text",
                     *       "timeZone": "text",
                     *       "recurrence": {
                     *         "kind": "once",
                     *         "date": "2026-11-20"
                     *       },
                     *       "startsAt": "20:15",
                     *       "durationMinutes": 1,
                     *       "endBroadcast": true,
                     *       "enabled": true,
                     *       "destinations": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000001",
                     *           "startOffsetMinutes": 0,
                     *           "stopOffsetMinutes": 0
                     *         }
                     *       ],
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "nextStartAt": "2026-11-20T10:00:00.000Z",
                     *       "nextStopAt": "2026-11-20T10:00:00.000Z",
                     *       "lastFiredAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            /** @description TIME_ZONE_UNKNOWN, SCHEDULE_TIME_INVALID */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getStreamSlate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description SLATE_NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    putStreamSlate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": string;
                "image/jpeg": string;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sha256": "text",
                     *       "mime": "image/png",
                     *       "bytes": 0,
                     *       "width": 0,
                     *       "height": 0
                     *     }
                     */
                    "application/json": components["schemas"]["Slate"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            /** @description SLATE_TOO_LARGE */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description SLATE_TYPE_UNKNOWN */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description SLATE_NOT_A_PICTURE, SLATE_SIDE_TOO_LONG */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeStreamSlate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            /** @description SLATE_NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getStreamStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "workspaceId": "00000000-0000-7000-8000-000000000001",
                     *       "state": "live",
                     *       "broadcast": {
                     *         "id": "01920000-0000-7000-8000-000000000002",
                     *         "startedAt": "2026-11-20T10:00:01.000Z"
                     *       },
                     *       "ingest": {
                     *         "connectedAt": "2026-11-20T10:00:00.000Z",
                     *         "protocol": "rtmps",
                     *         "encoder": "OBS Studio",
                     *         "kbps": 6120,
                     *         "video": {
                     *           "codec": "avc1",
                     *           "width": 1920,
                     *           "height": 1080,
                     *           "framesPerSecond": 60,
                     *           "kbps": 5960,
                     *           "keyframeIntervalMs": 2000
                     *         },
                     *         "audio": {
                     *           "codec": "mp4a",
                     *           "sampleRateHz": 48000,
                     *           "channels": 2,
                     *           "kbps": 160
                     *         },
                     *         "warnings": []
                     *       },
                     *       "activeInput": "backup",
                     *       "inputs": {
                     *         "primary": {
                     *           "connectedAt": "2026-11-20T10:00:00.000Z",
                     *           "protocol": "rtmps",
                     *           "encoder": "OBS Studio",
                     *           "kbps": 160,
                     *           "video": {
                     *             "codec": "avc1",
                     *             "width": 1920,
                     *             "height": 1080,
                     *             "framesPerSecond": 60,
                     *             "kbps": 5960,
                     *             "keyframeIntervalMs": 2000
                     *           },
                     *           "audio": {
                     *             "codec": "mp4a",
                     *             "sampleRateHz": 48000,
                     *             "channels": 2,
                     *             "kbps": 160
                     *           },
                     *           "warnings": [],
                     *           "health": "frozen"
                     *         },
                     *         "backup": {
                     *           "connectedAt": "2026-11-20T10:00:00.000Z",
                     *           "protocol": "rtmps",
                     *           "encoder": "OBS Studio",
                     *           "kbps": 6120,
                     *           "video": {
                     *             "codec": "avc1",
                     *             "width": 1920,
                     *             "height": 1080,
                     *             "framesPerSecond": 60,
                     *             "kbps": 5960,
                     *             "keyframeIntervalMs": 2000
                     *           },
                     *           "audio": {
                     *             "codec": "mp4a",
                     *             "sampleRateHz": 48000,
                     *             "channels": 2,
                     *             "kbps": 160
                     *           },
                     *           "warnings": [],
                     *           "health": "well"
                     *         }
                     *       },
                     *       "graceEndsAt": null,
                     *       "hold": null,
                     *       "delaySecondsMax": 58,
                     *       "warnings": [],
                     *       "pushes": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000003",
                     *           "enabled": true,
                     *           "state": "live",
                     *           "since": "2026-11-20T10:00:32.000Z",
                     *           "attempt": 1,
                     *           "nextRetryAt": null,
                     *           "lastError": null,
                     *           "evidence": {
                     *             "tcp": "2026-11-20T10:00:31.000Z",
                     *             "tls": "2026-11-20T10:00:31.000Z",
                     *             "publishAccepted": "2026-11-20T10:00:32.000Z",
                     *             "bytesWritten": 8425310,
                     *             "bytesAcked": 8410000,
                     *             "lastProgressAt": "2026-11-20T10:00:44.000Z"
                     *           },
                     *           "kbps": 6120,
                     *           "lagMs": 12,
                     *           "delayMs": 30000,
                     *           "delayWantedMs": 30000,
                     *           "startsAt": null,
                     *           "target": "main",
                     *           "drainingUntil": null,
                     *           "droppedFrames": 0,
                     *           "warnings": []
                     *         }
                     *       ],
                     *       "updatedAt": "2026-11-20T10:00:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StreamStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    switchStreamInput: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SwitchInputBody"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "workspaceId": "00000000-0000-7000-8000-000000000001",
                     *       "state": "live",
                     *       "broadcast": {
                     *         "id": "01920000-0000-7000-8000-000000000002",
                     *         "startedAt": "2026-11-20T10:00:01.000Z"
                     *       },
                     *       "ingest": {
                     *         "connectedAt": "2026-11-20T10:00:00.000Z",
                     *         "protocol": "rtmps",
                     *         "encoder": "OBS Studio",
                     *         "kbps": 6120,
                     *         "video": {
                     *           "codec": "avc1",
                     *           "width": 1920,
                     *           "height": 1080,
                     *           "framesPerSecond": 60,
                     *           "kbps": 5960,
                     *           "keyframeIntervalMs": 2000
                     *         },
                     *         "audio": {
                     *           "codec": "mp4a",
                     *           "sampleRateHz": 48000,
                     *           "channels": 2,
                     *           "kbps": 160
                     *         },
                     *         "warnings": []
                     *       },
                     *       "activeInput": "backup",
                     *       "inputs": {
                     *         "primary": {
                     *           "connectedAt": "2026-11-20T10:00:00.000Z",
                     *           "protocol": "rtmps",
                     *           "encoder": "OBS Studio",
                     *           "kbps": 160,
                     *           "video": {
                     *             "codec": "avc1",
                     *             "width": 1920,
                     *             "height": 1080,
                     *             "framesPerSecond": 60,
                     *             "kbps": 5960,
                     *             "keyframeIntervalMs": 2000
                     *           },
                     *           "audio": {
                     *             "codec": "mp4a",
                     *             "sampleRateHz": 48000,
                     *             "channels": 2,
                     *             "kbps": 160
                     *           },
                     *           "warnings": [],
                     *           "health": "frozen"
                     *         },
                     *         "backup": {
                     *           "connectedAt": "2026-11-20T10:00:00.000Z",
                     *           "protocol": "rtmps",
                     *           "encoder": "OBS Studio",
                     *           "kbps": 6120,
                     *           "video": {
                     *             "codec": "avc1",
                     *             "width": 1920,
                     *             "height": 1080,
                     *             "framesPerSecond": 60,
                     *             "kbps": 5960,
                     *             "keyframeIntervalMs": 2000
                     *           },
                     *           "audio": {
                     *             "codec": "mp4a",
                     *             "sampleRateHz": 48000,
                     *             "channels": 2,
                     *             "kbps": 160
                     *           },
                     *           "warnings": [],
                     *           "health": "well"
                     *         }
                     *       },
                     *       "graceEndsAt": null,
                     *       "hold": null,
                     *       "delaySecondsMax": 58,
                     *       "warnings": [],
                     *       "pushes": [
                     *         {
                     *           "destinationId": "01920000-0000-7000-8000-000000000003",
                     *           "enabled": true,
                     *           "state": "live",
                     *           "since": "2026-11-20T10:00:32.000Z",
                     *           "attempt": 1,
                     *           "nextRetryAt": null,
                     *           "lastError": null,
                     *           "evidence": {
                     *             "tcp": "2026-11-20T10:00:31.000Z",
                     *             "tls": "2026-11-20T10:00:31.000Z",
                     *             "publishAccepted": "2026-11-20T10:00:32.000Z",
                     *             "bytesWritten": 8425310,
                     *             "bytesAcked": 8410000,
                     *             "lastProgressAt": "2026-11-20T10:00:44.000Z"
                     *           },
                     *           "kbps": 6120,
                     *           "lagMs": 12,
                     *           "delayMs": 30000,
                     *           "delayWantedMs": 30000,
                     *           "startsAt": null,
                     *           "target": "main",
                     *           "drainingUntil": null,
                     *           "droppedFrames": 0,
                     *           "warnings": []
                     *         }
                     *       ],
                     *       "updatedAt": "2026-11-20T10:00:45.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["StreamStatus"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description STREAM_NOT_LIVE, INPUT_NOT_THERE, INPUT_FROZEN */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "startedAt": "2026-11-20T10:00:00.000Z",
                     *       "postgres": {
                     *         "ok": true,
                     *         "ms": 0,
                     *         "detail": "text",
                     *         "sizeBytes": 0,
                     *         "pendingMigrations": [
                     *           "text"
                     *         ]
                     *       },
                     *       "redis": {
                     *         "ok": true,
                     *         "ms": 0,
                     *         "detail": "text",
                     *         "usedBytes": 0,
                     *         "maxBytes": 0
                     *       },
                     *       "queues": {
                     *         "ok": true,
                     *         "ms": 0,
                     *         "detail": "text",
                     *         "items": [
                     *           {
                     *             "name": "text",
                     *             "waiting": 0,
                     *             "active": 0,
                     *             "delayed": 0,
                     *             "failed": 0,
                     *             "oldestWaitingMs": 0
                     *           }
                     *         ]
                     *       },
                     *       "mail": {
                     *         "isConfigured": true
                     *       },
                     *       "certificates": [
                     *         {
                     *           "subject": "text",
                     *           "issuer": "text",
                     *           "expiresAt": "2026-11-20T10:00:00.000Z",
                     *           "daysLeft": 0,
                     *           "isSelfMade": true,
                     *           "nodeId": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["System"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "hint": "text",
                     *           "scopes": [
                     *             "streams:read"
                     *           ],
                     *           "createdBy": "01920000-0000-7000-8000-000000000001",
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "expiresAt": "2026-11-20T10:00:00.000Z",
                     *           "lastUsedAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ApiToken"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "text",
                 *       "scopes": [
                 *         "streams:read"
                 *       ],
                 *       "expiresInDays": 1
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiTokenBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "hint": "text",
                     *       "scopes": [
                     *         "streams:read"
                     *       ],
                     *       "createdBy": "01920000-0000-7000-8000-000000000001",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "expiresAt": "2026-11-20T10:00:00.000Z",
                     *       "lastUsedAt": "2026-11-20T10:00:00.000Z",
                     *       "token": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["NewApiToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            /** @description NOT_ALLOWED */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "email": "text",
                     *           "name": "text",
                     *           "isInstanceAdmin": true,
                     *           "isDisabled": true,
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "workspaces": [
                     *             {
                     *               "id": "01920000-0000-7000-8000-000000000001",
                     *               "name": "text",
                     *               "role": "owner"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["UserDetail"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery staple",
                 *       "name": "text",
                 *       "isInstanceAdmin": false
                 *     }
                 */
                "application/json": components["schemas"]["CreateUserBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "email": "text",
                     *       "name": "text",
                     *       "isInstanceAdmin": true,
                     *       "isDisabled": true,
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "workspaces": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "role": "owner"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description ROW_EXISTS */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "email": "text",
                     *       "name": "text",
                     *       "isInstanceAdmin": true,
                     *       "isDisabled": true,
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "workspaces": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "role": "owner"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "text",
                 *       "isInstanceAdmin": true,
                 *       "isDisabled": true
                 *     }
                 */
                "application/json": components["schemas"]["ChangeUserBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "email": "text",
                     *       "name": "text",
                     *       "isInstanceAdmin": true,
                     *       "isDisabled": true,
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "workspaces": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "role": "owner"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["UserDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description LAST_OWNER */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createUserPasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "text",
                     *       "link": "text",
                     *       "expiresAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["NewPasswordReset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "format": "standard",
                     *           "targetHint": "text",
                     *           "kinds": [
                     *             "broadcast.started"
                     *           ],
                     *           "streamId": "01920000-0000-7000-8000-000000000001",
                     *           "enabled": true,
                     *           "disabledReason": "text",
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "updatedAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "On-call",
                 *       "format": "standard",
                 *       "url": "https://hooks.example.com/forkcast",
                 *       "kinds": [
                 *         "push.needs_attention",
                 *         "ingest.lost"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateWebhookBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "format": "standard",
                     *       "targetHint": "text",
                     *       "kinds": [
                     *         "broadcast.started"
                     *       ],
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "enabled": true,
                     *       "disabledReason": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z",
                     *       "secret": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            /** @description WEBHOOK_URL_FORBIDDEN, WEBHOOK_URL_NOT_HTTPS, WEBHOOK_URL_INVALID */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what is known already: 304 while it is still so. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "format": "standard",
                     *       "targetHint": "text",
                     *       "kinds": [
                     *         "broadcast.started"
                     *       ],
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "enabled": true,
                     *       "disabledReason": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description It is as it was. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kinds": [
                 *         "push.needs_attention"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeWebhookBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "format": "standard",
                     *       "targetHint": "text",
                     *       "kinds": [
                     *         "broadcast.started"
                     *       ],
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "enabled": true,
                     *       "disabledReason": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            /** @description WEBHOOK_URL_FORBIDDEN, WEBHOOK_URL_NOT_HTTPS, WEBHOOK_URL_INVALID */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "pending" | "delivered" | "dead";
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "eventId": "01920000-0000-7000-8000-000000000001",
                     *           "sequence": 0,
                     *           "type": "broadcast.started",
                     *           "state": "pending",
                     *           "tries": 0,
                     *           "nextTryAt": "2026-11-20T10:00:00.000Z",
                     *           "lastStatus": 0,
                     *           "lastFault": "text",
                     *           "deliveredAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "eventId": "01920000-0000-7000-8000-000000000001",
                     *       "sequence": 0,
                     *       "type": "broadcast.started",
                     *       "state": "pending",
                     *       "tries": 0,
                     *       "nextTryAt": "2026-11-20T10:00:00.000Z",
                     *       "lastStatus": 0,
                     *       "lastFault": "text",
                     *       "deliveredAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-11-21T20:00:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["ReplayBody"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "replayed": 0
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["RotateSecretBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "format": "standard",
                     *       "targetHint": "text",
                     *       "kinds": [
                     *         "broadcast.started"
                     *       ],
                     *       "streamId": "01920000-0000-7000-8000-000000000001",
                     *       "enabled": true,
                     *       "disabledReason": "text",
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z",
                     *       "secret": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description WEBHOOK_NOT_SIGNED */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "eventId": "01920000-0000-7000-8000-000000000001",
                     *       "sequence": 0,
                     *       "type": "broadcast.started",
                     *       "state": "pending",
                     *       "tries": 0,
                     *       "nextTryAt": "2026-11-20T10:00:00.000Z",
                     *       "lastStatus": 0,
                     *       "lastFault": "text",
                     *       "deliveredAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description WEBHOOK_OFF */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getOwnWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what is known already: 304 while it is still so. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "quota": {
                     *         "streamsMax": 0,
                     *         "destinationsMax": 0,
                     *         "outKbpsMax": 0,
                     *         "relayMinutesMax": 0
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description It is as it was. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeOwnWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "text"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeWorkspaceBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "quota": {
                     *         "streamsMax": 0,
                     *         "destinationsMax": 0,
                     *         "outKbpsMax": 0,
                     *         "relayMinutesMax": 0
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getOwnWorkspaceUsage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "quota": {
                     *         "streamsMax": 0,
                     *         "destinationsMax": 0,
                     *         "outKbpsMax": 0,
                     *         "relayMinutesMax": 0
                     *       },
                     *       "streams": 0,
                     *       "destinations": 0,
                     *       "month": {
                     *         "name": "text",
                     *         "relayMinutes": 0,
                     *         "relayMinutesLeft": 0,
                     *         "bytesOut": 0,
                     *         "outKbpsPeak": 0
                     *       },
                     *       "days": [
                     *         {
                     *           "day": "2026-11-20",
                     *           "relayMinutes": 0,
                     *           "bytesOut": 0,
                     *           "outKbpsPeak": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Usage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "01920000-0000-7000-8000-000000000001",
                     *           "name": "text",
                     *           "quota": {
                     *             "streamsMax": 0,
                     *             "destinationsMax": 0,
                     *             "outKbpsMax": 0,
                     *             "relayMinutesMax": 0
                     *           },
                     *           "createdAt": "2026-11-20T10:00:00.000Z",
                     *           "updatedAt": "2026-11-20T10:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "text"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Workspace"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "text",
                 *       "quota": {
                 *         "streamsMax": 0,
                 *         "destinationsMax": 0,
                 *         "outKbpsMax": 0,
                 *         "relayMinutesMax": 0
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateWorkspaceBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "quota": {
                     *         "streamsMax": 0,
                     *         "destinationsMax": 0,
                     *         "outKbpsMax": 0,
                     *         "relayMinutesMax": 0
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what is known already: 304 while it is still so. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "quota": {
                     *         "streamsMax": 0,
                     *         "destinationsMax": 0,
                     *         "outKbpsMax": 0,
                     *         "relayMinutesMax": 0
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description It is as it was. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    removeWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description WORKSPACE_LIVE */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    changeWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The ETag of what was read: nothing is changed unless it is still so. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "text"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeWorkspaceBody"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "quota": {
                     *         "streamsMax": 0,
                     *         "destinationsMax": 0,
                     *         "outKbpsMax": 0,
                     *         "relayMinutesMax": 0
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    joinWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
                /** @description The same key with the same request is the same deed, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "owner"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeMemberBody"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "email": "text",
                     *       "name": "text",
                     *       "role": "owner",
                     *       "createdAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Member"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            /** @description MEMBER_EXISTS */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
    putWorkspaceQuota: {
        parameters: {
            query?: never;
            header?: {
                /** @description The workspace that is meant; without it the oldest one of who asks. */
                "Forkcast-Workspace"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "streamsMax": 0,
                 *       "destinationsMax": 0,
                 *       "outKbpsMax": 0,
                 *       "relayMinutesMax": 0
                 *     }
                 */
                "application/json": components["schemas"]["QuotaInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description Names this version. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01920000-0000-7000-8000-000000000001",
                     *       "name": "text",
                     *       "quota": {
                     *         "streamsMax": 0,
                     *         "destinationsMax": 0,
                     *         "outKbpsMax": 0,
                     *         "relayMinutesMax": 0
                     *       },
                     *       "createdAt": "2026-11-20T10:00:00.000Z",
                     *       "updatedAt": "2026-11-20T10:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["SignInRequired"];
            403: components["responses"]["NotAllowed"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Refused"];
        };
    };
}
