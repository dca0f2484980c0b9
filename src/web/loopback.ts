import { isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';

const isLoopback = (address: string): boolean => {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
};

// What proxies add; a request with any of them came from elsewhere, whatever its last hop was.
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** Made by a program on this machine for itself: no proxy stood in between, and no page of elsewhere was its author. */
export const cameDirectly = (request: FastifyRequest): boolean =>
  isLoopback(request.socket.remoteAddress ?? '') &&
  isLoopback(request.ip) &&
  FORWARDED.every((name) => request.headers[name] === undefined) &&
  // A name of somebody's own that leads to 127.0.0.1 (DNS rebinding) shows here.
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/u.test(request.headers.host ?? '');
