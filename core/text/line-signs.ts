/**
 * What has no place in a name that stands on one line of a message, a log or a page, as the inside of a character class:
 * control characters, halves of pairs, line breaks, and what turns the direction of the text around it.
 */
export const unfitForLine = '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069';
