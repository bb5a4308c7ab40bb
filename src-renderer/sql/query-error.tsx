// Why a query did not run: in plain words, with the line and the word where it lies, what to do, and DuckDB's own words.

import type { ServiceError, TextPosition } from '../../shared/api/errors.ts';
import { duckWords, errorWords } from './error-words.ts';

export interface QueryErrorProps {
  readonly sql: string;
  readonly error: ServiceError;
  /** null where the query was changed since. */
  readonly onShow: ((position: TextPosition) => void) | null;
}

export function QueryError({ sql, error, onShow }: QueryErrorProps) {
  const { title, advice } = errorWords(error);
  const { position } = error;
  const own = duckWords(error.message);
  return (
    <div className="sql-error" role="alert">
      <p className="sql-error-title">{title}</p>
      {position ? <Excerpt sql={sql} position={position} /> : null}
      {advice ? <p>{advice}</p> : null}
      {error.code === 'bad-request' ? <p className="dim mono sql-own-words">{own}</p> : null}
      {position && onShow ? (
        <button type="button" className="button" onClick={() => onShow(position)}>
          Go to line {position.line}, column {position.column}
        </button>
      ) : null}
    </div>
  );
}

/** Characters shown before and behind the place. */
const BEFORE = 60;
const BEHIND = 80;

function Excerpt({ sql, position: { line, column, length } }: { sql: string; position: TextPosition }) {
  const text = sql.split('\n')[line - 1] ?? '';
  const from = Math.max(0, column - 1 - BEFORE);
  const [start, end] = [column - 1, column - 1 + length];
  return (
    <p className="sql-excerpt mono">
      <span className="dim">line {line} </span>
      {from > 0 ? '…' : ''}
      {text.slice(from, start)}
      <mark>{text.slice(start, end) || ' '}</mark>
      {text.slice(end, end + BEHIND)}
      {text.length > end + BEHIND ? '…' : ''}
    </p>
  );
}
