/**
 * How much a message of a chatbot may hold, in code points or entries.
 * Sources: https://taptalk-io.github.io/onetalk/chatbot/custom-chatbot.html (buttons, rows, sections, list button, flow CTA) and
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages (body, header, footer, caption, section title)
 */

/** Of a text message; the longest that every channel takes is not known, so a user can set another one. */
export const DEFAULT_MAX_LENGTH = 4096;
/** How many messages one request carries. */
export const MAX_MESSAGES = 10;
export const MAX_CAPTION = 1024;

export const MAX_BODY = 1024;
export const MAX_HEADER = 60;
export const MAX_FOOTER = 60;

export const MAX_BUTTONS = 3;
export const MAX_BUTTON_ID = 256;
export const MAX_BUTTON_TITLE = 20;

export const MAX_SECTIONS = 10;
export const MAX_SECTION_TITLE = 24;
/** Over all sections. */
export const MAX_ROWS = 10;
export const MAX_ROW_ID = 200;
export const MAX_ROW_TITLE = 24;
export const MAX_ROW_DESCRIPTION = 72;
export const MAX_LIST_BUTTON = 20;

export const MAX_FLOW_CTA = 30;
