/** The input line of a phone: what is typed or attached there is written as the customer. */

import { control, make } from './dom.js';
import { openSheet } from './sheet.js';

/** @typedef {{ phone: string, name: string, channelID: string, channels: { id: string, name: string }[] }} Writer */

/**
 * Makes the input line. Its `update` takes who writes.
 *
 * @param {(isSent: boolean) => void} afterwards is called when a message was written
 */
export function composerElement(afterwards) {
	/** @type {Writer} */
	let writer = { phone: '', name: '', channelID: '', channels: [] };
	const channel = make('select', {
		className: 'channel',
		ariaLabel: 'Channel',
		title: 'Channel on which the customer writes',
	});
	const input = make('input', {
		placeholder: 'Write as the customer',
		ariaLabel: 'Message',
		maxLength: 4000,
		autocomplete: 'off',
	});
	let isChosen = false;
	channel.addEventListener('change', () => (isChosen = true));

	const write = async (/** @type {unknown} */ message) => {
		const options = { fullName: writer.name, ...(isChosen ? { channelID: channel.value } : {}) };
		const written = await control('POST', '/write', { to: writer.phone, message, ...options });
		isChosen = false;
		afterwards(written !== undefined);
		return written !== undefined;
	};
	const attach = make('button', {
		type: 'button',
		className: 'round plain',
		ariaLabel: 'Attach',
		title: 'Attach a picture, a file or a place',
		textContent: '+',
		onclick: () => openAttachments(attach, write),
	});
	const send = make('button', {
		className: 'round send',
		ariaLabel: 'Send',
		title: 'Send',
		textContent: '➤',
	});
	const form = make('form', { className: 'composer', autocomplete: 'off' }, attach, input, send);
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		const text = input.value;
		if (text.trim() === '') return;
		input.value = '';
		if (!(await write(text))) input.value = text;
	});
	return {
		form,
		channel,
		update(/** @type {Writer} */ latest) {
			writer = latest;
			if (channel.childElementCount !== latest.channels.length)
				channel.replaceChildren(
					...latest.channels.map(({ id, name }) => make('option', { value: id, textContent: name })),
				);
			if (!isChosen) channel.value = latest.channelID;
		},
	};
}

const KINDS = /** @type {const} */ ([
	['image', 'Picture'],
	['document', 'Document'],
	['video', 'Video'],
	['location', 'Location'],
]);

/** What is suggested for each kind. */
const SUGGESTED = {
	image: `${location.origin}/page/photo.svg`,
	document: 'https://example.com/receipt.pdf',
	video: 'https://example.com/clip.mp4',
	location: '-6.2, 106.8',
};

/**
 * @param {HTMLElement} element
 * @param {(message: unknown) => void} write
 */
function openAttachments(element, write) {
	const kind = make(
		'select',
		{},
		...KINDS.map(([value, textContent]) => make('option', { value, textContent })),
	);
	const value = make('input', { required: true });
	const caption = make('input', {});
	const valueLabel = make('span');
	const captionLabel = make('span');
	const showKind = () => {
		const chosen = /** @type {keyof typeof SUGGESTED} */ (kind.value);
		value.value = SUGGESTED[chosen];
		valueLabel.textContent = chosen === 'location' ? 'Latitude, longitude' : 'URL';
		captionLabel.textContent = chosen === 'location' ? 'Name' : 'Caption';
	};
	kind.addEventListener('change', showKind);
	showKind();
	const form = make(
		'form',
		{ autocomplete: 'off' },
		make('label', {}, 'Kind', kind),
		make('label', {}, valueLabel, value),
		make('label', {}, captionLabel, caption),
		make('button', { className: 'primary', textContent: 'Send' }),
	);
	const close = openSheet(element, 'Attach', [form]);
	form.addEventListener('submit', (event) => {
		event.preventDefault();
		close();
		if (kind.value !== 'location')
			return write({ [kind.value]: { url: value.value, caption: caption.value } });
		const [latitude, longitude] = value.value.split(',').map(Number);
		write({ location: { latitude, longitude, name: caption.value } });
	});
}
