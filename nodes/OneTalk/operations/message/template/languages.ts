/** The languages of templates, for the list in the panel. */

import type { INodePropertyOptions } from 'n8n-workflow';

/**
 * The languages in which WhatsApp approves templates, by WhatsApp's own names and codes.
 * Source: https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/supported-languages
 */
const LANGUAGES = `Afrikaans af, Albanian sq, Arabic ar, Arabic (EGY) ar_EG, Arabic (LBN) ar_LB, Arabic (MAR) ar_MA,
Arabic (QAT) ar_QA, Arabic (UAE) ar_AE, Azerbaijani az, Belarusian be_BY, Bengali bn, Bengali (IND) bn_IN, Bulgarian bg,
Catalan ca, Chinese (CHN) zh_CN, Chinese (HKG) zh_HK, Chinese (TAI) zh_TW, Croatian hr, Czech cs, Danish da, Dari prs_AF,
Dutch nl, Dutch (BEL) nl_BE, English en, English (AUS) en_AU, English (CAN) en_CA, English (GHA) en_GH, English (IND) en_IN,
English (IRL) en_IE, English (JAM) en_JM, English (MYS) en_MY, English (NZL) en_NZ, English (QAT) en_QA, English (SGP) en_SG,
English (UAE) en_AE, English (UGA) en_UG, English (UK) en_GB, English (US) en_US, English (ZAF) en_ZA, Estonian et,
Filipino fil, Finnish fi, French fr, French (BEL) fr_BE, French (CAN) fr_CA, French (CHE) fr_CH, French (CIV) fr_CI,
French (MAR) fr_MA, Georgian ka, German de, German (AUT) de_AT, German (CHE) de_CH, Greek el, Gujarati gu, Hausa ha,
Hebrew he, Hindi hi, Hungarian hu, Indonesian id, Irish ga, Italian it, Japanese ja, Kannada kn, Kazakh kk,
Kinyarwanda rw_RW, Korean ko, Kyrgyz (Kyrgyzstan) ky_KG, Lao lo, Latvian lv, Lithuanian lt, Macedonian mk, Malay ms,
Malayalam ml, Marathi mr, Norwegian nb, Pashto ps_AF, Persian fa, Polish pl, Portuguese (BR) pt_BR, Portuguese (POR) pt_PT,
Punjabi pa, Romanian ro, Russian ru, Serbian sr, Sinhala si_LK, Slovak sk, Slovenian sl, Spanish es, Spanish (ARG) es_AR,
Spanish (CHL) es_CL, Spanish (COL) es_CO, Spanish (CRI) es_CR, Spanish (DOM) es_DO, Spanish (ECU) es_EC,
Spanish (HND) es_HN, Spanish (MEX) es_MX, Spanish (PAN) es_PA, Spanish (PER) es_PE, Spanish (SPA) es_ES,
Spanish (URY) es_UY, Swahili sw, Swedish sv, Tamil ta, Telugu te, Thai th, Turkish tr, Ukrainian uk, Urdu ur, Uzbek uz,
Vietnamese vi, Zulu zu`;

/** The languages that most templates have stand first. */
const FIRST = ['id', 'en', 'en_US', 'en_GB'];

/** As options of a list, e.g. `English (US): en_US`. */
export const languages: INodePropertyOptions[] = LANGUAGES.split(/,\s+/u)
	.map((entry) => {
		const value = entry.slice(entry.lastIndexOf(' ') + 1);
		return { name: `${entry.slice(0, -value.length - 1)}: ${value}`, value };
	})
	.sort((a, b) => placeOf(a.value) - placeOf(b.value));

function placeOf(code: string): number {
	const place = FIRST.indexOf(code);
	return place < 0 ? FIRST.length : place;
}
