/** What the server asks of a password, characters. */
export const PASSWORD_LENGTH = 12;
