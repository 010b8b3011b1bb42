/** Options of openapi-typescript, shared by `npm run approve:api` and the test that compares its result. */
export const CLIENT_TYPES: { alphabetize: boolean; defaultNonNullable: boolean };
