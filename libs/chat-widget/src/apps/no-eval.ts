import { config } from 'zod/v4/core';

// Compiled validators need `unsafe-eval`, which the page around us rightly does not allow; zod would try at once.
config({ jitless: true });
