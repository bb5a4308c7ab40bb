// The secrets of one launch. The token is for programs that can read the workspace's own files; the session is what a
// browser gets in a cookie; a code is in a printed address and works once. All are random and compared in constant time.
// A cookie is seen by every server on this machine that the same browser visits, whatever its port: so the session is
// not the token, ends with the launch, and opens nothing but the services.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const CODE_BYTES = 16;
/** Codes that were given out and not used; the oldest is forgotten first. */
const CODE_LIMIT = 16;

export class Secrets {
  readonly token = randomBytes(SECRET_BYTES).toString('hex');
  readonly session = randomBytes(SECRET_BYTES).toString('hex');
  readonly #codes: string[] = [];

  isToken(text: string): boolean {
    return sameText(text, this.token);
  }

  isSession(text: string): boolean {
    return sameText(text, this.session);
  }

  newCode(): string {
    const code = randomBytes(CODE_BYTES).toString('hex');
    this.#codes.push(code);
    if (this.#codes.length > CODE_LIMIT) this.#codes.shift();
    return code;
  }

  /** True once for each code. */
  redeemCode(text: string): boolean {
    const index = this.#codes.findIndex((code) => sameText(text, code));
    if (index >= 0) this.#codes.splice(index, 1);
    return index >= 0;
  }
}

/** Hashing first makes the lengths equal, so the time tells nothing of either text. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
