/** What WhatsApp allows for free-form messages. */

/**
 * How many characters WhatsApp takes (code points): in a text, and under a picture.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages (text object, media object)
 */
export const MAX_CHARACTERS = { text: 4096, caption: 1024 };
