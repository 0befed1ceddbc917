/**
 * The next step where OneTalk rejects a contact for its rules of matching. The rules are documented, the texts of the
 * rejections are not, so they are recognized by the words that they must contain.
 */

import type { Failure } from '../../api/types';

const TWO_CONTACTS =
	'OneTalk found two different contacts: one with this customer user ID, another one with this phone. Correct the one that is wrong, or leave the phone out.';
const OTHER_ID =
	'The contact with this phone has another customer user ID already, and that never changes. Use the ID it has, or leave the phone out.';
const EITHER =
	'OneTalk looks for a contact by customer user ID and by phone. It rejects a row for which it finds two different contacts, and one whose phone belongs to a contact with another customer user ID, since an ID never changes. Check both in OneTalk, or leave the phone out.';

const ABOUT_TWO = /\bmore than one\b|\bmultiple\b|\bseveral\b|\btwo\b|\bdifferent contacts?\b/iu;
const ABOUT_ID =
	/(user ?id|\bid\b).*(\bchang|\bexists?\b|\balready\b|\banother\b|\bdifferent\b|\bconflict|\bmismatch)|(\bchang|\balready\b|\banother\b|\bdifferent\b|\bconflict).*(user ?id|\bid\b)/iu;
const ABOUT_MATCHING = /\bcontacts?\b|\balready\b|\banother\b|\bconflict|\bmatch|\bexists?\b|\bduplicate/iu;
const ABOUT_OTHER_FIELDS = /\be-?mail\b|\balias\b|\bphoto|\bname\b/iu;

/** Undefined where the rejection is not about the matching. */
export function conflictHint({ kind, code, field, message }: Failure): string | undefined {
	const isRejection = kind === 'refused' && (code === undefined || code === '40002');
	if (!isRejection) return undefined;
	if (ABOUT_TWO.test(message)) return TWO_CONTACTS;
	if (ABOUT_ID.test(message)) return OTHER_ID;
	// success: false has no field, and need not explain itself.
	if (code === undefined) return ABOUT_OTHER_FIELDS.test(message) ? undefined : EITHER;
	return isKey(field) && ABOUT_MATCHING.test(message) ? EITHER : undefined;
}

/** Whether contacts are found by the field. */
function isKey(field: string | undefined): boolean {
	return field === undefined || field === 'customerUserID' || field === 'phone';
}
