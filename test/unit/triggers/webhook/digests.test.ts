/** How often a credential is read for its secret. */

import { expectedDigest, type Digest } from '../../../../nodes/OneTalk/triggers/webhook/digests';

let keys = 0;
let key: string;
let reads: number;
let secret: Digest;
let error: Error | undefined;
let now: number;

beforeEach(() => {
	key = `credential ${keys++}`;
	reads = 0;
	secret = Buffer.from('first');
	error = undefined;
	now = 1_800_000_000_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const read = async () => {
	reads++;
	await Promise.resolve();
	if (error) throw error;
	return secret;
};
const digest = async (isMismatch = false) => {
	const { digest: found } = await expectedDigest(key, isMismatch, read);
	return found === null ? null : found.toString();
};

it('reads once in 30 seconds', async () => {
	await digest();
	now += 29_999;
	await digest();
	expect(reads).toBe(1);
	now += 1;
	await digest();
	expect(reads).toBe(2);
});

it('reads once for calls at the same time', async () => {
	await Promise.all([digest(), digest(), digest(true), digest()]);
	expect(reads).toBe(1);
});

it('finds a new secret after a mismatch at once, or within a second of the last reading', async () => {
	await digest();
	secret = Buffer.from('second');
	now += 999;
	expect(await digest(true)).toBe('first');
	now += 1;
	expect(await digest(true)).toBe('second');
	expect(await digest()).toBe('second');
});

it('reads at most once a second, however many mismatches there are', async () => {
	await digest();
	for (let i = 0; i < 100; i++) {
		now += 100;
		await Promise.all([digest(true), digest(true)]);
	}
	expect(reads).toBe(11);
});

it('reads a missing secret again after a second', async () => {
	secret = null;
	expect(await digest()).toBeNull();
	secret = Buffer.from('first');
	expect(await digest()).toBeNull();
	now += 1_000;
	expect(await digest()).toBe('first');
});

it('throws what the reading throws, and reads again after a second', async () => {
	error = new Error('locked');
	await expect(digest()).rejects.toThrow('locked');
	await expect(digest()).rejects.toThrow('locked');
	expect(reads).toBe(1);
	now += 1_000;
	error = undefined;
	expect(await digest()).toBe('first');
});

it('keeps a known digest where a reading after a mismatch fails', async () => {
	await digest();
	now += 5_000;
	error = new Error('locked');
	await expect(digest(true)).rejects.toThrow('locked');
	expect(await digest()).toBe('first');
});

it('reads again where the clock was set back', async () => {
	await digest();
	now -= 3_600_000;
	await digest();
	expect(reads).toBe(2);
});
