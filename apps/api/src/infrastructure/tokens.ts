/**
 * What a constructor asks for where there is no class to ask by. `Database` of #persistence is
 * asked for by its class.
 */
export const LIVE = Symbol('Live of #live');
export const QUEUES = Symbol('Queues of #queue');
export const LOGGER = Symbol('Logger of #observability');
export const ENVIRONMENT = Symbol('ApiEnvironment');
export const HOST_RESOLVER = Symbol('HostResolver of #net');
export const CLOCK = Symbol('Clock of #kernel');
