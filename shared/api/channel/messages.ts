// What the two ends say to each other, inside frames. The side that calls numbers its calls and subscriptions; the other
// side answers with the same number. Credit is how many values one side may still send before the other asks for more.
// A value that is no message is told apart here; whoever receives one ends the connection.

import type { ServiceErrorData } from '../errors.ts';
import { readErrorData } from './faults.ts';

export type ClientMessage =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: string;
      readonly params: unknown;
      readonly credit: number;
    }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'listen'; readonly id: number; readonly topic: string; readonly credit: number }
  | { readonly kind: 'unlisten'; readonly id: number }
  | { readonly kind: 'credit'; readonly id: number; readonly count: number };

export type ServerMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ServiceErrorData }
  /** Progress of a call, or a value of a topic. */
  | { readonly kind: 'part'; readonly id: number; readonly value: unknown };

type Members = { readonly [name: string]: unknown };

export function readClientMessage(value: unknown): ClientMessage | null {
  const m = members(value);
  if (!m || !isCount(m.id)) return null;
  const id = m.id;
  if (m.kind === 'cancel' || m.kind === 'unlisten') return { kind: m.kind, id };
  if (m.kind === 'credit') return isCount(m.count) ? { kind: 'credit', id, count: m.count } : null;
  if (!isCount(m.credit)) return null;
  const credit = m.credit;
  if (m.kind === 'listen') return typeof m.topic === 'string' ? { kind: 'listen', id, topic: m.topic, credit } : null;
  if (m.kind !== 'call' || typeof m.method !== 'string') return null;
  return { kind: 'call', id, method: m.method, params: m.params, credit };
}

export function readServerMessage(value: unknown): ServerMessage | null {
  const m = members(value);
  if (!m || !isCount(m.id)) return null;
  if (m.kind === 'answer' || m.kind === 'part') return { kind: m.kind, id: m.id, value: m.value };
  if (m.kind !== 'error') return null;
  const error = readErrorData(m.error);
  return error && { kind: 'error', id: m.id, error };
}

const members = (value: unknown): Members | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
