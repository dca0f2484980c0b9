import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/**
 * The last 58 bytes of a backup: an empty gzip member that carries, in the extra field of its header (RFC 1952,
 * 2.3.1.1), the SHA-256 of every byte before it. tar and gunzip read over it. It finds what gzip's own checksums leave
 * open: header bytes, padding bits, something added at the end.
 */
const sealOver = (sha256: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255]),
    Buffer.from([36, 0, ...Buffer.from('LT'), 32, 0]),
    sha256,
    Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  ]);

const LENGTH = 58;

/** Passes a gzip stream on and ends it with its seal. */
export const addSeal = (): Transform => {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(null, sealOver(hash.digest()));
    },
  });
};

/** Passes a file on and fails at its end with `broken()` when it is not sealed, or sealed over other bytes. */
export const checkSeal = (broken: () => Error): Transform => {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const all = Buffer.concat([held, chunk]);
      const sealed = Math.max(0, all.length - LENGTH);
      hash.update(all.subarray(0, sealed));
      held = all.subarray(sealed);
      done(null, chunk);
    },
    flush(done) {
      done(held.equals(sealOver(hash.digest())) ? null : broken());
    },
  });
};
