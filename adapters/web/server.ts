import express, { type Express } from 'express';

/** An empty Express 5 application with the defaults that every front here wants: it does not name itself, and reads queries plainly. */
export function createServer(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  return app;
}
