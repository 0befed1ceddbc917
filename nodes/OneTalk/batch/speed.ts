/** How many requests may be in flight: as many as the user says, or as many as OneTalk turns out to take. */

import type { Answer } from '../api/types';
import type { Clock } from './clock';

/** The speed of one batch. */
export interface Speed {
	/** How many requests may be in flight for now. */
	width(): number;
	/** The least time between the starts of two requests for now, in ms. */
	gapMs(): number;
	/** An answer, and when its request was started (ms on the batch's clock). */
	note(answer: Answer, startedAt: number): void;
}

const FIRST_WIDTH = 5;
const MAX_WIDTH = 50;
/** The longest pause between two requests, in ms, however many 429 came. */
const MAX_GAP_MS = 1_000;

/** As many requests as the user says. */
export function fixedSpeed(batchSize: number): Speed {
	return { width: () => batchSize, gapMs: () => 0, note: () => {} };
}

/** How much the width grows fast for each answer: by half a request, or by this part of a small width. */
const FAST_REQUESTS = 0.5;
const FAST_PART = 0.1;
/** After a cut, the width grows fast up to this part of the width that was too much, and slowly from there. */
const FAST_UP_TO = 0.75;
/** A cut within so many answers after another is no single event: then there is no fast growth. */
const ANSWERS_BETWEEN_CUTS = 20;
/** How much the width grows slowly: at most by this part for each answer, and in one second. */
const SLOW_PER_ANSWER = 0.001;
const SLOW_PER_SECOND = 0.03;
/** A limit that is exceeded by so much without a 429 is no longer there. */
const GONE = 1.3;
/** The typical response time of so many answers is compared. */
const MIN_ROUND = 10;
/** A response time of so many times the best one: no more growth; a cut. */
const SLOWER = 1.3;
const TOO_SLOW = 2;
/** In between, the width shrinks to this part of itself with each round, so many times. */
const EASE = 0.9;
const MAX_SLOW_ROUNDS = 5;
/** A response time of less than this part of what it was: fewer requests have helped. */
const HELPED = 0.9;
/** A width of at most this part of what it was has to show whether fewer requests help. */
const SHRUNK = 0.75;

/**
 * Finds the speed by itself, as TCP does: it begins with five requests in flight, and grows while answers come without a 429
 * and without getting slower. It halves at a 429 or where the typical response time doubles, then grows fast until shortly
 * below the width that was too much, and slowly from there. At most 50 are in flight.
 *
 * Once a 429 came, requests are also started at even distances. The width may then be less than one request: one in flight,
 * with a pause after it. Where fewer requests do not make the answers faster, the slowness is not of our making, and is taken for normal.
 */
export function automaticSpeed(clock: Clock): Speed {
	let width = FIRST_WIDTH;
	let fastUpTo = Infinity;
	/** The width that was too much. */
	let limit = Infinity;
	let lastCut = -1;
	let lastGrowth = 0;
	let isPaced = false;
	let isSlower = false;
	let slowRounds = 0;
	/** The slowest round since it became slower: its typical response time, and the width. */
	let slowest = { ms: Infinity, width: Infinity };
	let normalMs: number | undefined;
	let round: number[] = [];
	let answersSinceCut = Infinity;
	/** Answers to what was in flight at the last cut: all, and those that were not 429. */
	let inFlightAtCut = { all: 0, taken: 0 };

	const least = () => (normalMs ?? 0) / MAX_GAP_MS || 1;
	const cut = () => {
		fastUpTo = answersSinceCut < ANSWERS_BETWEEN_CUTS + 2 * width ? 0 : width * FAST_UP_TO;
		limit = width;
		answersSinceCut = 0;
		inFlightAtCut = { all: 0, taken: 0 };
		width = Math.max(width / 2, least());
		lastCut = lastGrowth = clock.now();
		round = [];
	};
	const grow = () => {
		const seconds = (clock.now() - lastGrowth) / 1000;
		lastGrowth = clock.now();
		answersSinceCut++;
		// The first answers tell what is normal.
		if (isSlower || normalMs === undefined) return;
		if (width < fastUpTo) width += Math.min(FAST_REQUESTS, width * FAST_PART);
		else width *= 1 + Math.min(SLOW_PER_ANSWER, seconds * SLOW_PER_SECOND);
		width = Math.min(width, MAX_WIDTH);
		if (width > limit * GONE) fastUpTo = Infinity;
	};
	/** Where even fewer than half of what was in flight was taken, that part tells what OneTalk can take. */
	const cutFurther = () => {
		const { all, taken } = inFlightAtCut;
		inFlightAtCut = { all: 0, taken: 0 };
		if (all < MIN_ROUND || taken > all / 2) return;
		width = Math.max((limit * taken) / all, least());
		fastUpTo = 0;
	};
	const endRound = () => {
		const typicalMs = median(round);
		round = [];
		normalMs = Math.min(normalMs ?? typicalMs, typicalMs);
		const isTooSlow = typicalMs > normalMs * TOO_SLOW;
		isSlower = typicalMs > normalMs * SLOWER;
		slowRounds = isSlower ? slowRounds + 1 : 0;
		// What was in flight before the width shrank still tells of the larger width, so the slowest round counts.
		if (slowRounds === 1 || (isSlower && typicalMs > slowest.ms)) slowest = { ms: typicalMs, width };
		const isDue = isTooSlow || slowRounds > MAX_SLOW_ROUNDS;
		const hasShrunk = width <= Math.max(1, slowest.width * SHRUNK);
		// Where fewer requests made the answers faster, the slowness is of our making, and still fewer will help further.
		if (isDue && hasShrunk && typicalMs >= slowest.ms * HELPED) {
			normalMs = typicalMs;
			isSlower = false;
			slowRounds = 0;
			fastUpTo = Infinity;
		} else if (isTooSlow) {
			cut();
		} else if (isSlower) {
			limit = width;
			fastUpTo = 0;
			width = Math.max(width, 1 / EASE) * EASE;
		}
	};

	return {
		width: () => Math.max(1, Math.ceil(width)),
		gapMs: () => (isPaced && normalMs !== undefined ? normalMs / width : 0),
		note(answer, startedAt) {
			if (!answer.ok && answer.failure.kind === 'unreachable') return;
			const isBusy = !answer.ok && answer.failure.kind === 'busy';
			if (startedAt < lastCut) {
				inFlightAtCut.all++;
				if (!isBusy) inFlightAtCut.taken++;
				return;
			}
			cutFurther();
			round.push(clock.now() - startedAt);
			if (isBusy) {
				isPaced = true;
				normalMs ??= median(round);
				cut();
				return;
			}
			grow();
			if (round.length >= (normalMs === undefined ? FIRST_WIDTH : Math.max(MIN_ROUND, width))) endRound();
		},
	};
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
