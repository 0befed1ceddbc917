/** What the recipient of a question reads beside the user's own texts, in each language of the page. */

/** The languages of the page, with the names that the panel shows. */
export const LANGUAGES = { en: 'English', id: 'Indonesian' } as const;

export type Language = keyof typeof LANGUAGES;

interface Words {
	/** Above the link of a free-text question. */
	link: string;
	/** The heading of the page. */
	title: string;
	approve: string;
	decline: string;
	comment: string;
	answer: string;
	submit: string;
	thanks: string;
	recorded: string;
	failed: string;
	tryAgain: string;
	closed: string;
	whyClosed: string;
}

export const WORDS: Record<Language, Words> = {
	en: {
		link: 'Answer here:',
		title: 'Your answer is needed',
		approve: 'Approve',
		decline: 'Decline',
		comment: 'Comment (optional)',
		answer: 'Your answer',
		submit: 'Send',
		thanks: 'Thank you',
		recorded: 'Your answer was recorded. You can close this page.',
		failed: 'Your answer was not recorded',
		tryAgain: 'It is empty, too long, or could not be read. Go back and try again.',
		closed: 'This question is closed',
		whyClosed: 'It was answered, or a newer message asks again.',
	},
	id: {
		link: 'Jawab di sini:',
		title: 'Jawaban Anda diperlukan',
		approve: 'Setujui',
		decline: 'Tolak',
		comment: 'Komentar (opsional)',
		answer: 'Jawaban Anda',
		submit: 'Kirim',
		thanks: 'Terima kasih',
		recorded: 'Jawaban Anda sudah dicatat. Halaman ini dapat ditutup.',
		failed: 'Jawaban Anda belum dicatat',
		tryAgain: 'Jawaban kosong, terlalu panjang, atau tidak dapat dibaca. Kembali dan coba lagi.',
		closed: 'Pertanyaan ini sudah ditutup',
		whyClosed: 'Pertanyaan sudah dijawab, atau ada pesan yang lebih baru.',
	},
};
