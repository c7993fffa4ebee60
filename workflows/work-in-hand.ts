/**
 * What this process works on: one thing at most, under the lease, which is kept until the work has settled. Calls decide
 * one after the other; waiting for the work happens outside.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createOneAtATime } from '../engine/index.ts';
import type { Lease } from './lease.ts';

export interface WorkInHand {
  /** Calls decide in the order in which they came. */
  inTurn<Result>(decide: () => Promise<Result>): Promise<Result>;
  /**
   * Decides while nobody else works; what it hands to `work` keeps the lease until it has settled. Null: this process or
   * another one is working already.
   */
  alone<Result>(
    decide: (work: (begin: () => Promise<unknown>) => void) => Promise<Result>,
  ): Promise<Result | null>;
  mine(): boolean;
  /** Nobody works: neither this process nor another one. */
  isFree(): boolean;
  /** Until the work of this process has settled, or so many milliseconds are over; at once where there is none. */
  settled(milliseconds: number): Promise<void>;
}

export function createWorkInHand(lease: Lease, onFailure: (error: unknown) => void): WorkInHand {
  let inHand: Promise<void> | null = null;

  async function finish(work: Promise<unknown>, release: () => void): Promise<void> {
    try {
      await work;
    } catch (error) {
      onFailure(error);
    } finally {
      inHand = null;
      release();
    }
  }

  return {
    inTurn: createOneAtATime(),
    async alone(decide) {
      const release = inHand === null ? lease.take() : null;
      if (release === null) return null;
      let begun: Promise<unknown> | null = null;
      try {
        return await decide((begin) => {
          begun = begin();
        });
      } finally {
        if (begun === null) release();
        else inHand = finish(begun, release);
      }
    },
    mine: () => inHand !== null,
    isFree() {
      const release = inHand === null ? lease.take() : null;
      release?.();
      return release !== null;
    },
    async settled(milliseconds) {
      if (inHand !== null) await Promise.race([inHand, sleep(milliseconds)]);
    },
  };
}
