import { SwaggerModule } from '@nestjs/swagger';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { Authenticator } from '../auth/authenticator.ts';
import { apiDocument } from '../openapi/document.ts';
import { docsHeaders } from './security-headers.ts';

/** `/api/openapi.json` and, for people, `/api/docs`. Both only for who is signed in. */
export function serveApiDocs(app: NestExpressApplication): void {
  const authenticator = app.get(Authenticator);
  const signedIn = (request: Request, _response: Response, next: NextFunction): void => {
    authenticator.authenticate(request).then(() => next(), next);
  };
  app.use('/api/docs', docsHeaders(), signedIn);
  app.use('/api/openapi.json', signedIn);
  SwaggerModule.setup('api/docs', app, () => apiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Forkcast API',
  });
}
