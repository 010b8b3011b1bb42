/** How the client's types are made from the API document; a field with a default may be left out of a request. */
export const CLIENT_TYPES = { alphabetize: true, defaultNonNullable: false };
