import express from 'express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Vite puts a hash of the content into these names. */
const HASHED_FILES = /[/\\]assets[/\\]/;
const FOR_GOOD = 'public, max-age=31536000, immutable';
/** Files of the build that may have a packed copy beside them, by their type. */
const PACKED_FILE = /^\/assets\/[\w.-]+\.(css|js|svg)$/;
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
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
      const policy = lasting ? FOR_GOOD : 'no-cache';
      response.setHeader('Cache-Control', policy);
    },
  });
  return [packedFor(folder), files, pageFor(folder)];
}

/** Whoever takes it is given the packed copy that the build has made. */
function packedFor(folder: string): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const type = TYPES[PACKED_FILE.exec(request.path)?.[1] ?? ''];
    const packed = `${request.path}.gz`;
    if (type === undefined || !isRead(request) || !existsSync(join(folder, packed))) {
      next();
      return;
    }
    response.vary('Accept-Encoding');
    if (request.acceptsEncodings('gzip') === false) {
      next();
      return;
    }
    response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Content-Type', type);
    response.setHeader('Cache-Control', FOR_GOOD);
    response.sendFile(packed, { root: folder, cacheControl: false });
  };
}

function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function pageFor(folder: string): RequestHandler {
  const file = join(folder, 'index.html');
  return (request: Request, response: Response, next: NextFunction) => {
    const asksForPage = request.method === 'GET' && request.accepts('html') !== false;
    if (!asksForPage || NOT_A_PAGE.test(request.path) || !existsSync(file)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    // By its folder: one above it may well begin with a dot.
    response.sendFile('index.html', { root: folder, cacheControl: false });
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
