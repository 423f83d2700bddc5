import express from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Vite puts a hash of the content into these names. */
const HASHED_FILES = /[/\\]assets[/\\]/;
/** What the dashboard's own routes never begin with. */
const NOT_A_PAGE = /^\/(?:api|healthz|readyz|assets)(?:\/|$)/;

/**
 * Serves the built dashboard: its files, and its one page for every address that a person may have
 * bookmarked.
 */
export function dashboardFiles(folder: string): RequestHandler[] {
  const files = express.static(folder, {
    index: false,
    setHeaders: (response, path) => {
      const lasting = HASHED_FILES.test(path);
      const policy = lasting ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.setHeader('Cache-Control', policy);
    },
  });
  return [files, pageFor(join(folder, 'index.html'))];
}

function pageFor(file: string): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const asksForPage = request.method === 'GET' && request.accepts('html') !== false;
    if (!asksForPage || NOT_A_PAGE.test(request.path) || !existsSync(file)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(file);
  };
}

/** `dist/dashboard` of this installation, from the sources and from the build alike. */
export function dashboardFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'nest-cli.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return join(folder, 'dist', 'dashboard');
}
