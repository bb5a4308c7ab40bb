// Errors that cross the channel: a code that programs read, a sentence that people read.

export type ErrorCode =
  | 'bad-request'
  | 'not-found'
  | 'bad-input'
  | 'workspace-held'
  | 'not-a-workspace'
  | 'port-in-use'
  | 'cancelled'
  | 'closed'
  | 'too-large'
  | 'failed';

/** Plain data, as sent. `hint` says what to do; `place` is `file:line` or a parameter. */
export interface ServiceErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place?: string;
  readonly hint?: string;
}

export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly place: string | undefined;
  readonly hint: string | undefined;

  constructor(data: ServiceErrorData) {
    super(data.message);
    this.name = 'ServiceError';
    this.code = data.code;
    this.place = data.place;
    this.hint = data.hint;
  }

  toData(): ServiceErrorData {
    return {
      code: this.code,
      message: this.message,
      ...(this.place === undefined ? {} : { place: this.place }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }
}
