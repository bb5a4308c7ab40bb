// Errors that cross the channel: a code that programs read, a sentence that people read.

import type { ViolationCode } from '../lifecycle/version-state.ts';

export type ErrorCode =
  /** A command that the lifecycle refuses; the message names the holder. */
  | ViolationCode
  /** Nothing was ever opened in this partition. */
  | 'unknown-partition'
  /** The metrics broke a bound of the dataset's gate; the version is FAILED. */
  | 'check-failed'
  /** The command's time is ahead of the store's clock. */
  | 'clock-ahead'
  /** The write may or may not be durable: ask again after the store was opened again. */
  | 'outcome-unknown'
  /** The store takes no writes: the disk is full or broken. */
  | 'intake-stopped'
  /** Acknowledged records cannot be read: `landfall repair` first. */
  | 'ledger-damaged'
  /** The receiver is switched off in this workbench. */
  | 'receiver-off'
  /** A request that names another host, or comes from another site or origin. */
  | 'foreign-host'
  | 'foreign-origin'
  /** The bearer key is missing or another. */
  | 'wrong-key'
  | 'method-not-allowed'
  | 'media-type'
  /** A compressed body that is broken, of another kind, or a bomb. */
  | 'bad-encoding'
  | 'not-json'
  | 'too-deep'
  /** One object has a key twice: it cannot be told which one is meant. */
  | 'duplicate-key'
  /** A placeholder that nobody filled in stands where a value should be. */
  | 'template'
  | 'not-an-event'
  | 'event-too-large'
  | 'batch-too-large'
  | 'bad-request'
  | 'not-found'
  | 'bad-input'
  | 'workspace-held'
  | 'not-a-workspace'
  | 'port-in-use'
  | 'cancelled'
  | 'closed'
  /** It ran longer than it may and was ended. */
  | 'too-slow'
  | 'too-large'
  | 'failed';

/** Plain data, as sent. `hint` says what to do; `place` is `file:line` or a parameter. */
export interface ServiceErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place?: string;
  readonly hint?: string;
  /** Of a refused command: who has the partition. */
  readonly holder?: HolderName;
  /** In the text that was sent. */
  readonly position?: TextPosition;
}

/** Where in a text: lines and columns from 1, columns and length in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** `token` is the version's number. */
export interface HolderName {
  readonly run: string;
  readonly attempt: number;
  readonly token: number;
}

export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly place: string | undefined;
  readonly hint: string | undefined;
  readonly holder: HolderName | undefined;
  readonly position: TextPosition | undefined;

  constructor(data: ServiceErrorData) {
    super(data.message);
    this.name = 'ServiceError';
    this.code = data.code;
    this.place = data.place;
    this.hint = data.hint;
    this.holder = data.holder;
    this.position = data.position;
  }

  toData(): ServiceErrorData {
    return {
      code: this.code,
      message: this.message,
      ...(this.place === undefined ? {} : { place: this.place }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.holder === undefined ? {} : { holder: this.holder }),
      ...(this.position === undefined ? {} : { position: this.position }),
    };
  }
}
