import { Module } from '@nestjs/common';
import { EventsController } from './events.controller.js';
import { LiveFeed } from './live-feed.js';
import { LiveSurroundings } from './live-surroundings.js';

/** Live events for consoles and widgets. */
@Module({ controllers: [EventsController], providers: [LiveFeed, LiveSurroundings] })
export class LiveModule {}
