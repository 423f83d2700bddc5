/**
 * What a process is told by its environment: read once, checked whole, every fault said at once.
 * It refuses to touch `process.env`, to repeat a value in a fault, and to know one app's variables.
 * Parts: read-environment, values (schemas of what several apps are told).
 */
export { EnvironmentFault, readEnvironment, type Variables } from './read-environment.ts';
export {
  cidrListSchema,
  mailVariables,
  masterKeyVariables,
  portSchema,
  textSchema,
} from './values.ts';
export { postgresUrlSchema, redisUrlSchema } from './values.ts';
