import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';

// Signed by nobody, and of use for nothing: made for this server alone.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3S+c3jBB/aX0Svre
xRR5zisHVUAE2s5B8dX539NxzK+hRANCAASwWNZV+0UyXsnj0VrOcVnz66gyV9cJ
xmdrKK7rM0SOiIu0crn0lS1XPQdb8sHhUK1LpzuWOj1isOW+UePuwhic
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUIeDX8VkMw+ca2B4csDyrZ8OZdcYwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNjAwMTI1MFoYDzIxMjYxMTAy
MDAxMjUwWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASwWNZV+0UyXsnj0VrOcVnz66gyV9cJxmdrKK7rM0SOiIu0crn0lS1X
PQdb8sHhUK1LpzuWOj1isOW+UePuwhico1MwUTAdBgNVHQ4EFgQUMiCe2rQrez2S
44ATfR3aCbYiIxQwHwYDVR0jBBgwFoAUMiCe2rQrez2S44ATfR3aCbYiIxQwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBFo0/lSrtKF+NwIvpLe9bd
/jMdmb0uBeajVCyK67L9MwIgM1P2WLjCck+uri8JfxE5e13hSPkl4BjaRYTg6PrJ
u3A=
-----END CERTIFICATE-----`;

/** A server whose certificate nobody vouches for; keeps what it is told after the handshake. */
export const impostor = async () => {
  const heard: Buffer[] = [];
  const sockets: TLSSocket[] = [];
  const server = createServer({ key, cert }, (socket) => {
    sockets.push(socket);
    socket.on('data', (chunk) => heard.push(chunk)).on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
