import { createServer } from 'node:net';

/** @returns a port of this machine's own address that nobody listens on, at this moment */
export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
