import { RequestMethod, StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { frameworkLogger } from '#observability';
import { AppModule } from './app.module.ts';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.ts';
import type { Resources } from './infrastructure/resources.ts';
import { ProblemFilter, sendProblem } from './problem/problem-filter.ts';
import { validationPipe } from './problem/validation.ts';
import { serveApiDocs } from './web/api-docs.ts';
import { BoundedExpressAdapter } from './web/bounded-express-adapter.ts';
import { crossSiteRule } from './web/cross-site-rule.ts';
import { dashboardFiles, dashboardFolder } from './web/dashboard-files.ts';
import { EtagInterceptor } from './web/etag.ts';
import { jsonBodies } from './web/json-bodies.ts';
import { addressLimit, RateLimitInterceptor } from './web/rate-limit.interceptor.ts';
import { RateLimits } from './web/rate-limits.ts';
import { nameRequest } from './web/request-identity.ts';
import { logRequests } from './web/request-log.ts';
import { securityHeaders } from './web/security-headers.ts';

/** The whole API, not yet listening. Closing it closes the resources too. */
export async function createApp(resources: Resources): Promise<NestExpressApplication> {
  const { logger, clock, environment } = resources;
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.with(resources),
    new BoundedExpressAdapter(),
    { logger: frameworkLogger(logger), bodyParser: false, abortOnError: false },
  );
  app.disable('x-powered-by');
  app.disable('etag');
  app.set(
    'trust proxy',
    environment.TRUSTED_PROXIES.split(',').map((each) => each.trim()),
  );
  app.use(nameRequest, logRequests(logger, clock), securityHeaders());
  const limits = new RateLimits(clock, environment.RATE_LIMIT_PERCENT);
  app.use('/api', addressLimit(limits), crossSiteRule(), ...jsonBodies(), neverStored);
  app.setGlobalPrefix('api/v1', {
    exclude: ['healthz', 'readyz'].map((path) => ({ path, method: RequestMethod.GET })),
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  // From the outside to the route: an answer is kept and tagged before it is cut to its schema.
  const reflector = app.get(Reflector);
  app.useGlobalInterceptors(
    new RateLimitInterceptor(limits),
    new StandardSchemaSerializerInterceptor(reflector),
    new EtagInterceptor(reflector),
    app.get(IdempotencyInterceptor),
  );
  serveApiDocs(app);
  app.use(...dashboardFiles(dashboardFolder()));
  // For what is thrown before a request reaches a route: bodies, cross-site requests.
  app.use((thrown: unknown, request: Request, response: Response, next: NextFunction) => {
    if (thrown === undefined) next();
    else sendProblem(request, response, thrown, logger);
  });
  return app;
}

/** Answers of the API belong to one person at one time. */
function neverStored(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
