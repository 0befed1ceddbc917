/** Plays one story of the feed. */

import type { Story } from './feedStories';
import { World } from './feedWorld';
import type { Situations } from './situations.cts';

/** Plays a story to its end, when everything that the server shows has been fetched. */
export async function playStory(
	{ model, clockOffset, seed, before, steps, meanwhile, ...rest }: Story,
	situations: Situations,
): Promise<World> {
	const { latency, firstPages, setup: chosen } = rest;
	const world = new World(model, clockOffset, shuffleFrom(seed), chosen, situations);
	before.forEach((taken) => world.change(taken));
	world.server.clock += 1;
	await world.begin(firstPages, chosen.startBack);
	if (chosen.startBack === undefined) expect(world.taken).toEqual([]);

	const pending = [...meanwhile];
	world.server.meanwhile = () => {
		world.server.clock += latency;
		const taken = pending.shift();
		if (taken === undefined) return;
		world.change(taken);
		if (taken.does === 'create' || taken.does === 'update') situations.count('change while a page is read');
	};
	for (const taken of steps) {
		world.change(taken);
		if (taken.does === 'spoil') await world.spoil(taken.how, firstPages);
		if (taken.does === 'new key') await world.changeKey();
		if (taken.does === 'other account') await world.changeAccount(firstPages);
		if (taken.does !== 'poll') continue;
		const { server } = world;
		server.failing = taken.failAt === undefined ? new Set() : new Set([server.requests + taken.failAt]);
		await world.poll(taken.pages, taken.fate);
	}
	await world.finish();
	return world;
}

/** A function that returns the indices below `size` in random order, always the same for the same seed. */
function shuffleFrom(seed: number): (size: number) => number[] {
	let random = seed;
	return (size) => {
		const order = Array.from({ length: size }, (_, index) => index);
		for (let index = size - 1; index > 0; index--) {
			random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
			const other = random % (index + 1);
			[order[index], order[other]] = [order[other], order[index]];
		}
		return order;
	};
}
