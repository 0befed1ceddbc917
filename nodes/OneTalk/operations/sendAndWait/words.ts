/** What the recipient of a question reads beside the user's own texts, in each language of the page. */

/** The languages of the page, with the names that the panel shows. */
export const LANGUAGES = { en: 'English', id: 'Indonesian' } as const;

export type Language = keyof typeof LANGUAGES;

interface Words {
	/** Above the link in the message. */
	link: string;
	/** The heading of the page. */
	title: string;
	/** In place of the question, where the page cannot show it. */
	seeMessage: string;
	approve: string;
	decline: string;
	comment: string;
	answer: string;
	submit: string;
	thanks: string;
	recorded: string;
	failed: string;
	tryAgain: string;
}

export const WORDS: Record<Language, Words> = {
	en: {
		link: 'Answer here:',
		title: 'Your answer is needed',
		seeMessage: 'You find the question in the message that has the link to this page.',
		approve: 'Approve',
		decline: 'Decline',
		comment: 'Comment (optional)',
		answer: 'Your answer',
		submit: 'Send',
		thanks: 'Thank you',
		recorded: 'Your answer was recorded. You can close this page.',
		failed: 'Your answer was not recorded',
		tryAgain: 'It is empty, too long, or could not be read. Go back and try again.',
	},
	id: {
		link: 'Jawab di sini:',
		title: 'Jawaban Anda diperlukan',
		seeMessage: 'Pertanyaannya ada di pesan yang berisi tautan ke halaman ini.',
		approve: 'Setujui',
		decline: 'Tolak',
		comment: 'Komentar (opsional)',
		answer: 'Jawaban Anda',
		submit: 'Kirim',
		thanks: 'Terima kasih',
		recorded: 'Jawaban Anda sudah dicatat. Halaman ini dapat ditutup.',
		failed: 'Jawaban Anda belum dicatat',
		tryAgain: 'Jawaban kosong, terlalu panjang, atau tidak dapat dibaca. Kembali dan coba lagi.',
	},
};
