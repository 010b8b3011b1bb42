import type { Http } from './http.js';
import type { Credentials, Me, MeChange, PasswordChange, SetupDraft, SetupState } from './types.js';

/** Who is signed in: set-up, sign-in, own profile. */
export const sessionApi = (http: Http) => ({
  setupState: () => http.get<SetupState>('/api/setup'),
  setUp: (draft: SetupDraft) => http.post<Me>('/api/setup', draft),
  signIn: (credentials: Credentials) => http.post<Me>('/api/auth/login', credentials),
  signOut: () => http.post<void>('/api/auth/logout'),
  me: () => http.get<Me>('/api/auth/me'),
  changeMe: (change: MeChange) => http.patch<Me>('/api/auth/me', change),
  changePassword: (change: PasswordChange) => http.post<void>('/api/auth/password', change),
});

export type SessionApi = ReturnType<typeof sessionApi>;
