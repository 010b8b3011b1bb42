import { SetMetadata } from '@nestjs/common';

/** Metadata of a route that changes nothing; `WithoutEffect` sets it. */
export const WITHOUT_EFFECT = 'gatehouse:without-effect';

/** A POST route that only reads: what it is given fits no address. It is no change, so the trail has no line for it. */
export const WithoutEffect = (): MethodDecorator => SetMetadata(WITHOUT_EFFECT, true);
