/** Keeps the digests of secrets for a short time, since n8n takes long to read a credential. */

/** The SHA-256 of a secret; null if the credential has none. */
export type Digest = Buffer | null;

/** How long a digest is used without reading the credential again, in ms. */
const MAX_AGE_MS = 30_000;

/** The shortest time between two readings of a credential, in ms, so that wrong secrets cannot keep n8n busy. */
const MIN_INTERVAL_MS = 1_000;

const MAX_ENTRIES = 1_000;

interface Entry {
	known?: { digest: Digest; readAt: number };
	failed?: { error: unknown; at: number };
	reading?: Promise<Digest>;
}

const entries = new Map<string, Entry>();

/** A digest, and whether the credential was read for it. */
export interface Expected {
	digest: Digest;
	isNew: boolean;
}

/**
 * The digest of a secret: the known one if it is young enough, else a new one. A missing secret is read again after a second.
 * Calls at the same time share one reading.
 *
 * @param key a name for the node and its credential
 * @param isMismatch whether the delivery does not fit the known digest: then it is read again, at most once a second
 * @throws what `read` throws; for a second, without reading again
 */
export async function expectedDigest(
	key: string,
	isMismatch: boolean,
	read: () => Promise<Digest>,
): Promise<Expected> {
	const entry = entryOf(key);
	const { known, failed } = entry;
	const maxAge = isMismatch || known?.digest === null ? MIN_INTERVAL_MS : MAX_AGE_MS;
	if (known !== undefined && isWithin(maxAge, known.readAt)) return { digest: known.digest, isNew: false };
	if (entry.reading === undefined) {
		if (failed !== undefined && isWithin(MIN_INTERVAL_MS, failed.at)) throw failed.error;
		entry.reading = readInto(entry, read);
	}
	return { digest: await entry.reading, isNew: true };
}

async function readInto(entry: Entry, read: () => Promise<Digest>): Promise<Digest> {
	const readAt = Date.now();
	const reading = read();
	await reading.then(
		(digest) => (entry.known = { digest, readAt }),
		(error: unknown) => (entry.failed = { error, at: readAt }),
	);
	entry.reading = undefined;
	return await reading;
}

function entryOf(key: string): Entry {
	const entry = entries.get(key) ?? {};
	if (!entries.has(key)) {
		const [oldest] = entries.keys();
		if (entries.size >= MAX_ENTRIES) entries.delete(oldest);
		entries.set(key, entry);
	}
	return entry;
}

/** Whether less than so many ms have passed; no longer true once the clock was set back. */
function isWithin(ms: number, time: number): boolean {
	const age = Date.now() - time;
	return age >= 0 && age < ms;
}
