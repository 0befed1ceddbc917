/** Which deliveries are repeats. */

import { remember } from '../../../../nodes/OneTalk/triggers/webhook/repeats';

const MINUTE = 60_000;
const START = 1_800_000_000_000;

let nodes = 0;
let node: string;
beforeEach(() => {
	node = `node ${nodes++}`;
});

const isNew = (key: string, now = START, name = node) => remember(name, [key], now) !== undefined;

it('takes a delivery once', () => {
	expect([isNew('a'), isNew('a'), isNew('b'), isNew('a')]).toEqual([true, false, true, false]);
});

it('counts ten minutes from the first time, not from the last repeat', () => {
	expect(isNew('a')).toBe(true);
	expect(isNew('a', START + 9 * MINUTE)).toBe(false);
	expect(isNew('a', START + 10 * MINUTE - 1)).toBe(false);
	expect(isNew('a', START + 10 * MINUTE)).toBe(true);
	expect(isNew('a', START + 19 * MINUTE)).toBe(false);
});

it('remembers 5,000 deliveries of a node, and drops the oldest', () => {
	for (let i = 0; i < 5_000; i++) expect(isNew(`${i}`)).toBe(true);
	expect(isNew('0')).toBe(false);
	expect(isNew('one more')).toBe(true);
	expect(isNew('1')).toBe(false);
	expect(isNew('0')).toBe(true);
});

it('knows nothing of another node’s deliveries', () => {
	expect(isNew('a')).toBe(true);
	expect(isNew('a', START, `${node} of another workflow`)).toBe(true);
});

it('tells keys apart whose parts are split in another way', () => {
	expect(remember(node, ['a|b', 'c'], START)).toBeDefined();
	expect(remember(node, ['a', 'b|c'], START)).toBeDefined();
	expect(remember(node, ['a', 1], START)).toBeDefined();
	expect(remember(node, ['a', '1'], START)).toBeDefined();
});

it('takes a forgotten delivery again, and forgets no later one', () => {
	const forget = remember(node, ['a'], START);
	forget?.();
	expect(isNew('a')).toBe(true);
	forget?.();
	expect(isNew('a')).toBe(false);
});

it('keeps a node’s deliveries while others come and go', () => {
	expect(isNew('a')).toBe(true);
	expect(isNew('a', START + 5 * MINUTE, 'another one')).toBe(true);
	expect(isNew('a', START + 6 * MINUTE)).toBe(false);
});
