/** Injects the `Config` of this process: `@Inject(CONFIG) private readonly config: Config`. */
export const CONFIG = Symbol('Config');
